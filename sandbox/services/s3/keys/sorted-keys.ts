import { compareUtf8 } from "./utf8-order";

/** Keys in the order of their UTF-8 bytes. Finding is by halves; an insertion moves what stands behind it. */
export class SortedKeys {
  private keys: string[] = [];
  /** Keys added since the last look, which are sorted in together: a start adds all keys there are. */
  private added: string[] = [];

  /** The key must not be among them. */
  add(key: string): void {
    this.added.push(key);
  }

  delete(key: string): void {
    const keys = this.sorted();
    const index = this.indexOf(key);
    if (keys[index] === key) keys.splice(index, 1);
  }

  at(index: number): string | undefined {
    return this.sorted()[index];
  }

  /** The index of the first key that is not before `key`. */
  indexOf(key: string): number {
    const keys = this.sorted();
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareUtf8(keys[middle]!, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The index of the first key behind all that begin with `prefix`.
   * @param from an index that is not behind it
   */
  indexAfterPrefix(prefix: string, from = 0): number {
    const keys = this.sorted();
    const isBehind = (key: string) => !key.startsWith(prefix) && compareUtf8(key, prefix) > 0;
    let [low, high] = [from, keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBehind(keys[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private sorted(): string[] {
    const { added } = this;
    if (added.length === 0) return this.keys;
    this.added = [];
    if (added.length < 8) for (const key of added) this.insert(key);
    // Sorting knows runs that are in order already.
    else this.keys = this.keys.concat(added.sort(compareUtf8)).sort(compareUtf8);
    return this.keys;
  }

  private insert(key: string): void {
    this.keys.splice(this.indexOf(key), 0, key);
  }
}
