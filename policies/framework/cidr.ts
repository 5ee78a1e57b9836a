/** The prefix length of a CIDR block such as 10.0.0.0/23; undefined for anything else. */
export function prefixLength(cidr: string): number | undefined {
  const match = /\/(\d{1,3})$/.exec(cidr);
  return match ? Number(match[1]) : undefined;
}

/** Whether a block takes in (nearly) the whole internet: anything wider than /8, or IPv6 wider than /16. */
export function isWorld(cidr: string): boolean {
  const length = prefixLength(cidr);
  return length !== undefined && (cidr.includes(":") ? length < 16 : length < 8);
}
