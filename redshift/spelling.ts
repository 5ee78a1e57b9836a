/** Single characters to add, drop, change, or exchange with their neighbour, to make one word of another. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        changed,
        exchanged ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

const plain = (word: string) => word.toLowerCase().replace(/[-_. ]/g, "");

/** Names that somebody may have meant who wrote this word, nearest first: a quarter of each or less is mistyped. */
export function nearest(word: string, names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, far: distance(plain(word), plain(name)) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 4)))
    .sort((one, other) => one.far - other.far)
    .map(({ name }) => name);
}

/** The nearest of them, if one is near. */
export function closest(word: string, names: readonly string[]): string | undefined {
  return nearest(word, names)[0];
}
