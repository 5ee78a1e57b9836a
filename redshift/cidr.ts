/** A block of IPv4 addresses: its first address as a number, and the length of its prefix. */
interface Block {
  readonly first: number;
  readonly prefix: number;
}

const octet = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const notation = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}/(3[0-2]|[12]?\\d)$`);

const size = (prefix: number) => 2 ** (32 - prefix);

function parse(cidr: string): Block | undefined {
  const [, ...parts] = (notation.exec(cidr) ?? []).map(Number);
  const prefix = parts.pop();
  if (prefix === undefined) return undefined;
  const first = parts.reduce((sum, part) => sum * 256 + part, 0);
  return first % size(prefix) === 0 ? { first, prefix } : undefined;
}

const holds = (outer: Block, inner: Block) =>
  inner.first >= outer.first && inner.first + size(inner.prefix) <= outer.first + size(outer.prefix);

/** Whether a text is an IPv4 block in CIDR notation whose host bits are zero. */
export function isCidr(cidr: string): boolean {
  return parse(cidr) !== undefined;
}

/** The length of the prefix of a valid block: 23 of 10.0.0.0/23. */
export function prefixOf(cidr: string): number {
  return Number(cidr.split("/")[1]);
}

/** Whether two valid blocks have an address in common. */
export function overlap(left: string, right: string): boolean {
  const [a, b] = [parse(left), parse(right)];
  return a !== undefined && b !== undefined && (holds(a, b) || holds(b, a));
}

/** Whether every address of the second block is in the first; both valid. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [parse(outer), parse(inner)];
  return a !== undefined && b !== undefined && holds(a, b);
}

/** The first `count` blocks of this prefix length in a block, in order; undefined where they do not all fit. */
export function firstBlocks(cidr: string, prefix: number, count: number): string[] | undefined {
  const block = parse(cidr);
  if (!block || prefix < block.prefix || size(block.prefix) < count * size(prefix)) return undefined;
  return Array.from({ length: count }, (_, index) => write(block.first + index * size(prefix), prefix));
}

const write = (first: number, prefix: number) =>
  `${[24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256).join(".")}/${prefix}`;

/** AWS keeps the first four addresses of every subnet and the last: docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const reservedByAws = 5;

/** How many addresses of a subnet of this prefix length AWS lets anyone use: 507 of a /23. */
export function usableAddresses(prefix: number): number {
  return size(prefix) - reservedByAws;
}
