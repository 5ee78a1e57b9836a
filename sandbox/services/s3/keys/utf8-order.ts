/**
 * Compares as the strings' UTF-8 bytes compare, which is the order of S3's lists: JavaScript's own order is that of UTF-16,
 * where characters beyond U+FFFF stand before those from U+E000 on.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html ("UTF-8 binary order")
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Moves surrogates behind all other code units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
