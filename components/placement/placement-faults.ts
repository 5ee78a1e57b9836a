import { type Fault, overlap } from "@redshift-fleet/redshift/declarations";
import type { PlannedSubnet } from "../network/carve";
import { type ProducerIdentity, producerFaults } from "./producer-faults";

export interface PlacementInputs {
  accountId: string;
  region: string;
  /** Start of the names of everything in the account: `<project>-<stack>`. */
  namePrefix: string;
  /** The CIDR block of a VPC of the fleet's own, or the id of one that exists. */
  vpc: string;
  /** Subnets of the balancer and of the endpoints of AWS services. */
  subnets: PlannedSubnet[];
  /** Subnets of the warehouses; the same ones where they have none of their own. */
  warehouseSubnets: PlannedSubnet[];
  /** Whether there is a balancer. */
  balanced: boolean;
  /** Managed endpoints of consumers: those in a subnet that is left are there twice until the update ends. */
  endpoints: number;
  /** How many more interface endpoints the VPC may have beside all that the fleet has. */
  spareEndpoints: number;
  /** The warehouse that must not be replaced; stacks deployed before it was remembered do not know it. */
  producer?: ProducerIdentity;
  /** Whether it may be, and its data deleted. @default false */
  replaceable?: boolean;
  /** Where keys of the configuration stand: `producer.database` → `stacks/Pulumi.prod.yaml:12`. */
  places?: Record<string, string>;
}

const whole = [
  "accountId",
  "region",
  "namePrefix",
  "vpc",
  "subnets",
  "warehouseSubnets",
  "balanced",
  "endpoints",
  "spareEndpoints",
] as const;

const isWhole = (placement: Partial<PlacementInputs>): placement is PlacementInputs =>
  whole.every((key) => placement[key] !== undefined);

const isSame = (one: PlannedSubnet) => (other: PlannedSubnet) => one.az === other.az && one.cidr === other.cidr;
const isIn = (subnets: readonly PlannedSubnet[]) => (subnet: PlannedSubnet) => subnets.some(isSame(subnet));
const text = ({ az, cidr }: PlannedSubnet) => `${cidr} in ${az}`;

const elsewhere = '(docs/operations.md, "Another Region, account or VPC")';

/** Account, Region and names: what a stack cannot change without beginning anew. */
function identityFaults(news: PlacementInputs, olds: PlacementInputs): Fault[] {
  const kept = (key: "accountId" | "region" | "namePrefix", path: string, why: string, remedy: string): Fault[] =>
    news[key] === olds[key] ? [] : [{ path, value: news[key], rule: `must stay ${olds[key]}: ${why}`, remedy }];
  return [
    ...kept(
      "accountId",
      "the account",
      "everything of this stack is there",
      `Sign in to that account; a fleet in another one is a stack of its own ${elsewhere}`,
    ),
    ...kept(
      "region",
      "aws:region",
      "everything of this stack is there, and nothing of it can move to another Region",
      `Run \`pulumi config set aws:region ${olds.region}\`; a fleet in ${news.region} is a stack of its own ${elsewhere}`,
    ),
    ...kept(
      "namePrefix",
      "<project>-<stack>",
      "names of warehouses begin with it, and one of another name begins without data",
      `Give project and stack their names back (\`pulumi stack rename\`); a fleet of another name is a stack of its own ${elsewhere}`,
    ),
  ];
}

const isCidr = (vpc: string) => vpc.includes("/");

/**
 * A VPC keeps its first block for good (cidr_block is ForceNew in vpc.go of hashicorp/terraform-provider-aws), and a
 * workgroup cannot go to another VPC: its subnets and its security groups have to be of one, and UpdateWorkgroup takes
 * one of the two at a time.
 */
function vpcFaults(news: PlacementInputs, olds: PlacementInputs): Fault[] {
  if (news.vpc === olds.vpc) return [];
  return [
    {
      path: isCidr(news.vpc) && isCidr(olds.vpc) ? "network.cidr" : "network.existing.vpcId",
      value: news.vpc,
      rule: isCidr(olds.vpc)
        ? `must stay ${olds.vpc}, the VPC that this stack made: warehouses and balancer cannot move to another VPC`
        : `must stay ${olds.vpc}: warehouses and balancer cannot move to another VPC`,
      remedy: `Take the change back. For more addresses give the warehouses subnets of their own (docs/operations.md, "A bigger network"); a fleet in another VPC is a stack of its own ${elsewhere}`,
    },
  ];
}

/** Where the balancer and the endpoints of AWS services are: zones may be added. */
function subnetFaults({ vpc, subnets, balanced }: PlacementInputs, olds: PlacementInputs): Fault[] {
  const path = isCidr(vpc) ? "network.subnets" : "network.existing.subnetIds";
  const lost = olds.subnets.filter((old) => !isIn(subnets)(old));
  const moved = lost.filter(({ az }) => subnets.some((subnet) => subnet.az === az));
  const left = balanced ? lost.filter(({ az }) => !moved.some((subnet) => subnet.az === az)) : [];
  return [
    ...moved.map((old) => ({
      path,
      value: subnets.find(({ az }) => az === old.az)?.cidr,
      rule: `must keep ${text(old)}: in a zone that they are in, neither the balancer nor the endpoints of AWS services can move to another subnet`,
      remedy: isCidr(vpc)
        ? 'Leave `network.subnetPrefix` as it was and the zones in the order they had, new ones at the end, or write `network.subnets` out. For more addresses give the warehouses subnets of their own (docs/operations.md, "A bigger network")'
        : "Name it again. For more addresses give the warehouses subnets of their own (`network.existing.warehouseSubnetIds`)",
    })),
    // customizeDiffLoadBalancerNLB of hashicorp/terraform-provider-aws; AWS itself could: #41418 there.
    ...left.map((old) => ({
      path,
      value: subnets.map(({ az }) => az),
      rule: `must keep ${text(old)}: without it the balancer would be replaced, and the address that readers connect to with it`,
      remedy:
        "Keep the zone. Where readers can do with another address, take the balancer away first (`pool.size: 0`, beside named consumers), then the zone",
    })),
  ];
}

/** What comes is there before what goes: it needs addresses of its own, and room in the quota of endpoints. */
function arrivalFaults(news: PlacementInputs, olds: PlacementInputs): Fault[] {
  const there = [...olds.subnets, ...olds.warehouseSubnets];
  const overlapping = [...news.subnets, ...news.warehouseSubnets]
    .filter((subnet) => !isIn(there)(subnet))
    .flatMap((subnet) => {
      const old = there.find(({ cidr }) => overlap(cidr, subnet.cidr));
      return old
        ? [
            {
              path: isIn(news.subnets)(subnet) ? "network.subnets" : "network.warehouseSubnets",
              value: text(subnet),
              rule: `must not overlap ${text(old)}, which is there until everything in it has moved`,
              remedy:
                "Choose addresses that no subnet of the fleet has now, of the VPC's block or of a further one (`network.secondaryCidrs`)",
            },
          ]
        : [];
    });
  const moving = olds.warehouseSubnets.some((old) => !isIn(news.warehouseSubnets)(old));
  const short = moving ? news.endpoints - news.spareEndpoints : 0;
  if (short <= 0) return overlapping;
  return [
    ...overlapping,
    {
      path: isCidr(news.vpc) ? "network.warehouseSubnets" : "network.existing.warehouseSubnetIds",
      value: news.warehouseSubnets.map(text),
      rule: `must wait until the quota "Interface VPC endpoints per VPC" allows ${short} more: while warehouses move, their ${news.endpoints} endpoints are there twice`,
      remedy:
        "Have AWS raise it (`aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-29B6F2EB`) and write the new value to `quotas.interfaceEndpointsPerVpc`, or lower `pool.size` first",
    },
  ];
}

/** Keys of the configuration that a change may be refused for. */
export const placedKeys = [
  "aws:region",
  "network.cidr",
  "network.subnets",
  "network.warehouseSubnets",
  "network.existing.vpcId",
  "network.existing.subnetIds",
  "network.existing.warehouseSubnetIds",
  "producer.database",
  "producer.adminUsername",
  "producer.generation",
] as const;

/** Everything about a change of place that cannot be carried out, the way that works with each. */
export function placementFaults(news: PlacementInputs, olds: PlacementInputs): Fault[] {
  // What follows from another place is no fault of its own.
  for (const faults of [identityFaults(news, olds), vpcFaults(news, olds), subnetFaults(news, olds)])
    if (faults.length > 0) return faults;
  const { producer = olds.producer, replaceable = false } = news;
  const replaced = producer && olds.producer && !replaceable ? producerFaults(producer, olds.producer) : [];
  return [...arrivalFaults(news, olds), ...replaced];
}

function placed(fault: Fault, { places = {} }: PlacementInputs): Fault {
  const place = places[fault.path];
  return place === undefined ? fault : { ...fault, path: `${place}: ${fault.path}` };
}

/** The same of inputs as a check has them, with the places of the keys: nothing where one of both is not known yet. */
export const changeFaults = (news: Partial<PlacementInputs>, olds: Partial<PlacementInputs>): Fault[] =>
  isWhole(news) && isWhole(olds) ? placementFaults(news, olds).map((fault) => placed(fault, news)) : [];
