/** The prefix length of a CIDR block such as 10.0.0.0/23; undefined for anything else. */
export function prefixLength(cidr: string): number | undefined {
  const match = /\/(\d{1,3})$/.exec(cidr);
  return match ? Number(match[1]) : undefined;
}

/** IPv6 blocks that no router of the internet forwards: unique local (RFC 4193), link-local (RFC 4291), multicast. */
const notRouted = [
  { bits: 0xfc00, length: 7 },
  { bits: 0xfe80, length: 10 },
  { bits: 0xff00, length: 8 },
];

/** Whether a block takes in (nearly) the whole internet: anything wider than /8, or of IPv6's routed addresses /16. */
export function isWorld(cidr: string): boolean {
  const length = prefixLength(cidr);
  if (length === undefined) return false;
  if (!cidr.includes(":")) return length < 8;
  const first = Number.parseInt(cidr.split(":", 1)[0] || "0", 16);
  return (
    length < 16 &&
    !notRouted.some(
      (block) => length >= block.length && first >> (16 - block.length) === block.bits >> (16 - block.length),
    )
  );
}
