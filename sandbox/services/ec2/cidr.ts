/** An IPv4 block as its first address (unsigned 32 bits) and prefix length. */
export interface Cidr {
  first: number;
  prefix: number;
}

/** Parses `10.0.0.0/16`; undefined when it is no CIDR, or has bits set behind its prefix. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a, b, c, d, prefix] = match.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const first = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return first % blockSize(prefix) === 0 ? { first, prefix } : undefined;
}

/** Number of addresses in a block of this prefix length. */
export function blockSize(prefix: number): number {
  return 2 ** (32 - prefix);
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.first >= outer.first && inner.first + blockSize(inner.prefix) <= outer.first + blockSize(outer.prefix);
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.first < other.first + blockSize(other.prefix) && other.first < one.first + blockSize(one.prefix);
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/**
 * `10.0.1.18/24` as EC2 keeps it, which is `10.0.1.0/24`; what is no CIDR stays as it is. See `CidrBlock` of
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html
 */
export function canonicalCidr(text: string): string {
  const [, address = "", prefix = ""] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const whole = parseCidr(`${address}/32`);
  if (!whole || Number(prefix) > 32) return text;
  return `${formatAddress(whole.first - (whole.first % blockSize(Number(prefix))))}/${Number(prefix)}`;
}
