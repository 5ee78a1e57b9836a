/** Whether a name fits a pattern in which `*` stands for any characters. */
export function matches(name: string, pattern: string): boolean {
  const expression = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`).test(name);
}

export function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matches(name, pattern));
}

/** The stack in a URN, `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export function stackOf(urn: string): string {
  return urn.split("::", 1)[0]!.replace(/^urn:pulumi:/, "");
}

/** A list in a sentence: "a, b and c". */
export function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** The name that takes the fewest changes of letters to make from a misspelt one; undefined when none is near. */
export function closest(name: string, names: readonly string[]): string | undefined {
  const candidates = names.map((one) => ({ one, away: changesBetween(name, one) })).sort((a, b) => a.away - b.away);
  return candidates.find(({ away }) => away <= name.length / 3)?.one;
}

/** How many letters must be put in, taken out or changed (Levenshtein distance). */
function changesBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same));
    }
  }
  return row[other.length]!;
}
