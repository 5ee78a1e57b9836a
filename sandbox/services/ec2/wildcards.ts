/** A character, or so many of any kind: at most `most`. */
type Part = string | { most: number };

/**
 * A value of a filter: `*` is for any characters, `?` for one or none, and a backslash takes the meaning of the
 * character behind it. Takes time in proportion to pattern and text, whatever the pattern.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
 */
export function wildcards(pattern: string): (text: string) => boolean {
  const parts = partsOf(pattern);
  const shortest = parts.filter((part) => typeof part === "string").length;
  return (text) => {
    const characters = [...text];
    if (characters.length < shortest) return false;
    // Where in the text the parts so far may end.
    let ends = new Set([0]);
    for (const part of parts) {
      ends = typeof part === "string" ? after(ends, part, characters) : within(ends, part.most, characters.length);
      if (ends.size === 0) return false;
    }
    return ends.has(characters.length);
  };
}

/** Wildcards next to each other are one part. */
function partsOf(pattern: string): Part[] {
  const parts: Part[] = [];
  for (const sign of pattern.match(/\\.|./gsu) ?? []) {
    const last = parts.at(-1);
    const most = sign === "*" ? Number.POSITIVE_INFINITY : 1;
    if (sign !== "*" && sign !== "?") parts.push(sign.length > 1 && sign.startsWith("\\") ? sign.slice(1) : sign);
    else if (typeof last === "object") last.most += most;
    else parts.push({ most });
  }
  return parts;
}

function after(ends: ReadonlySet<number>, character: string, text: readonly string[]): Set<number> {
  return new Set([...ends].filter((end) => text[end] === character).map((end) => end + 1));
}

function within(ends: ReadonlySet<number>, most: number, length: number): Set<number> {
  const reached = new Set<number>();
  let last: number | undefined;
  for (let at = 0; at <= length; at++) {
    if (ends.has(at)) last = at;
    if (last !== undefined && at - last <= most) reached.add(at);
  }
  return reached;
}
