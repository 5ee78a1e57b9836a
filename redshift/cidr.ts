/** Length of a block's prefix: 23 of 10.0.0.0/23. */
export function prefixOf(cidr: string): number {
  return Number(cidr.split("/")[1]);
}

function firstOf(cidr: string): number {
  const [address = ""] = cidr.split("/");
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Whether every address of one IPv4 block is in another. */
export function containsBlock(outer: string, inner: string): boolean {
  const prefix = prefixOf(outer);
  const size = 2 ** (32 - prefix);
  return prefix <= prefixOf(inner) && Math.floor(firstOf(outer) / size) === Math.floor(firstOf(inner) / size);
}
