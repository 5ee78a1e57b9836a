import { Address4 } from "ip-address";
import { checkUnique, type Fault } from "../validation";

/** A block of IPv4 addresses: its first address as a number, and the length of its prefix. */
interface Block {
  readonly first: bigint;
  readonly prefix: number;
}

/** The subnet of one Availability Zone, before it exists. */
export interface PlannedSubnet {
  /** Availability Zone by name: `us-east-1a`. */
  readonly az: string;
  /** Its addresses: `10.0.2.0/23`. */
  readonly cidr: string;
}

/** AWS keeps the first four addresses of every subnet and the last. */
const reservedByAws = 5;

function parse(cidr: string): Block | undefined {
  if (!/\/\d+$/.test(cidr) || !Address4.isValid(cidr)) return undefined;
  const address = new Address4(cidr);
  if (address.startAddress().correctForm() !== address.correctForm()) return undefined;
  return { first: address.bigInt(), prefix: address.subnetMask };
}

const size = (block: Block) => 1n << BigInt(32 - block.prefix);
const write = (block: Block) => `${Address4.fromBigInt(block.first).correctForm()}/${block.prefix}`;
const holds = (outer: Block, inner: Block) =>
  inner.first >= outer.first && inner.first + size(inner) <= outer.first + size(outer);

/** Whether a text is an IPv4 block whose host bits are zero. */
export function isCidr(cidr: string): boolean {
  return parse(cidr) !== undefined;
}

/** The length of the prefix of a valid CIDR block. */
export function prefixOf(cidr: string): number {
  return Number(cidr.split("/")[1]);
}

/** How many addresses of a subnet of this prefix length AWS lets anyone use: 507 of a /23. */
export function usableAddresses(prefix: number): number {
  return 2 ** (32 - prefix) - reservedByAws;
}

/** Whether two valid blocks have an address in common. */
export function overlap(left: string, right: string): boolean {
  const [a, b] = [parse(left), parse(right)];
  return a !== undefined && b !== undefined && (holds(a, b) || holds(b, a));
}

/** Whether the second block lies wholly inside the first; both valid. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [parse(outer), parse(inner)];
  return a !== undefined && b !== undefined && holds(a, b);
}

/**
 * Gives each Availability Zone a block of its own, in order from the start of the VPC's: a zone added at the end moves
 * none of those before it. Returns undefined where they do not all fit.
 */
export function carve(vpcCidr: string, azs: readonly string[], prefix: number): PlannedSubnet[] | undefined {
  const vpc = parse(vpcCidr);
  if (!vpc || prefix < vpc.prefix || 1n << BigInt(prefix - vpc.prefix) < BigInt(azs.length)) return undefined;
  const step = 1n << BigInt(32 - prefix);
  return azs.map((az, index) => ({ az, cidr: write({ first: vpc.first + BigInt(index) * step, prefix }) }));
}

/**
 * Checks subnets that were written out by hand: each valid, inside the VPC, large enough, none over another.
 *
 * @param list what they are called: `subnets`
 * @param vpcCidrs the VPC's blocks, the first one first
 */
export function checkSubnets(
  list: string,
  vpcCidrs: readonly string[],
  subnets: readonly PlannedSubnet[],
  longestPrefix: number,
): Fault[] {
  const faults: Fault[] = checkUnique(
    list,
    subnets.map((subnet) => subnet.az),
    `Availability Zone of \`${list}\``,
  );
  const blocks = vpcCidrs.filter(isCidr);
  subnets.forEach((subnet, index) => {
    const path = `${list}[${index}].cidr`;
    if (!isCidr(subnet.cidr)) {
      faults.push(invalidCidr(path, subnet.cidr));
      return;
    }
    if (blocks.length > 0 && !blocks.some((block) => contains(block, subnet.cidr))) {
      faults.push({
        path,
        value: subnet.cidr,
        rule: `must lie inside the VPC's ${blocks.join(" or ")}`,
        remedy: "Choose a block of the VPC, or give it a further one (`network.secondaryCidrs`)",
      });
    }
    faults.push(...checkPrefix(path, subnet.cidr, longestPrefix));
    subnets.slice(0, index).forEach((other, otherIndex) => {
      if (isCidr(other.cidr) && overlap(other.cidr, subnet.cidr)) {
        faults.push({
          path,
          value: subnet.cidr,
          rule: `must not overlap ${list}[${otherIndex}] (${other.cidr})`,
          remedy: "Give each subnet addresses of its own",
        });
      }
    });
  });
  return faults;
}

/** Checks that a subnet is not smaller than the prefix allows. */
export function checkPrefix(path: string, cidr: string, longestPrefix: number): Fault[] {
  if (prefixOf(cidr) <= longestPrefix) return [];
  return [
    {
      path,
      value: cidr,
      rule: `must be a /${longestPrefix} or larger: enhanced VPC routing takes addresses by the dozen for each workgroup`,
      remedy: `Use a subnet of /${longestPrefix} (${usableAddresses(longestPrefix)} usable addresses)`,
    },
  ];
}

/** The fault of a text that is no CIDR block. */
export function invalidCidr(path: string, value: string): Fault {
  return {
    path,
    value,
    rule: "must be an IPv4 block in CIDR notation whose host bits are zero",
    remedy: "Write it like `10.0.0.0/16`",
  };
}
