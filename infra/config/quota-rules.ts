import { type Fault, fewestZones } from "@redshift-fleet/redshift/declarations";
import type { FleetConfig } from "./schema";

type Quota = Exclude<keyof FleetConfig["quotas"], "workgroupsCountAsEndpoints">;

/** What of a fleet counts toward a quota. */
interface Demand {
  readonly quota: Quota;
  /** What AWS calls the quota. */
  readonly title: string;
  /** Service and code for `aws service-quotas`, where the code is published. */
  readonly code?: { readonly service: string; readonly quota: string };
  /** What is needed apart from the pool. */
  readonly fixed: number;
  /** What one member of the pool needs. */
  readonly perMember: number;
  /** What else helps. */
  readonly instead: string;
}

/** What AWS's quotas would refuse in the middle of a deployment, found before it. */
export function quotaFaults(config: FleetConfig): Fault[] {
  return [...demands(config).flatMap((demand) => exceeded(config, demand)), ...ruleFaults(config)];
}

/** Managed endpoints of all consumers, and how many more interface endpoints the quota leaves beside all that there are. */
export function endpointRoom(config: FleetConfig): { endpoints: number; spareEndpoints: number } {
  const { pool, quotas } = config;
  const { ofMember, ofNamed } = managedEndpoints(config);
  const [vpc] = demands(config);
  const held = vpc ? vpc.fixed + vpc.perMember * pool.size : 0;
  return { endpoints: ofNamed + ofMember * pool.size, spareEndpoints: quotas.interfaceEndpointsPerVpc - held };
}

/** How many endpoints a member of the pool has, and the named consumers together. */
function managedEndpoints({ network, pool, consumers }: FleetConfig) {
  const { existing, warehouseSubnets, subnets, azs } = network;
  const inVpc = existing ? (existing.warehouseSubnetIds ?? existing.subnetIds) : (warehouseSubnets ?? subnets ?? azs);
  const zones = inVpc?.length ?? fewestZones;
  const endpointsOf = (placement: string) => (placement === "everyAz" ? zones : placement === "oneAz" ? 1 : 0);
  return {
    ofMember: endpointsOf(pool.endpointPlacement),
    ofNamed: Object.values(consumers).reduce((sum, { endpointPlacement }) => sum + endpointsOf(endpointPlacement), 0),
  };
}

function demands(config: FleetConfig): Demand[] {
  const { network, pool, quotas } = config;
  const consumers = Object.values(config.consumers);
  const { ofMember, ofNamed } = managedEndpoints(config);
  const ownAddress = quotas.workgroupsCountAsEndpoints ? 1 : 0;
  const warehouses = { fixed: 1 + consumers.length, perMember: 1, instead: "use fewer consumers" };
  const oneZone = pool.endpointPlacement === "everyAz" ? "set `pool.endpointPlacement: oneAz`" : "use a smaller pool";
  return [
    {
      quota: "interfaceEndpointsPerVpc",
      title: "Interface VPC endpoints per VPC",
      code: { service: "vpc", quota: "L-29B6F2EB" },
      fixed: (network.existing ? 0 : network.interfaceEndpoints.length) + ownAddress * (1 + consumers.length) + ofNamed,
      perMember: ownAddress + ofMember,
      instead: oneZone,
    },
    { quota: "workgroups", title: "Redshift Serverless workgroups", ...warehouses },
    { quota: "namespaces", title: "Redshift Serverless namespaces", ...warehouses },
    {
      quota: "targetsPerBalancer",
      title: "Targets per Availability Zone per Network Load Balancer",
      code: { service: "elasticloadbalancing", quota: "L-B211E961" },
      fixed: 0,
      perMember: ofMember,
      instead: oneZone,
    },
  ];
}

function exceeded({ pool, quotas }: FleetConfig, { quota, title, code, fixed, perMember, instead }: Demand): Fault[] {
  const allowed = quotas[quota];
  const needed = fixed + perMember * pool.size;
  if (needed <= allowed) return [];
  const fits = Math.floor((allowed - fixed) / perMember);
  const raise = code
    ? `have AWS raise it (\`aws service-quotas request-service-quota-increase --service-code ${code.service} --quota-code ${code.quota} --desired-value ${needed}\`)`
    : `have AWS raise it to ${needed} (Service Quotas, Amazon Redshift Serverless)`;
  const inPool = pool.size > 0 && fits >= 0;
  return [
    {
      path: inPool ? "pool.size" : `quotas.${quota}`,
      value: inPool ? pool.size : allowed,
      rule: inPool
        ? `must be at most ${fits}: the fleet needs ${needed} of the quota "${title}", which allows ${allowed}`
        : `must allow the ${needed} that the fleet needs of the quota "${title}"`,
      remedy: `${inPool && fits > 0 ? `Lower it to ${fits} or fewer, or ${instead}` : sentence(instead)}, or ${raise} and write the new value to \`quotas.${quota}\``,
    },
  ];
}

const sentence = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;

/** Rules that let others in to a security group of warehouses besides client blocks: clients' group, balancer. */
const ownRules = 2;

function ruleFaults({ network, quotas }: FleetConfig): Fault[] {
  const most = quotas.rulesPerSecurityGroup - ownRules;
  if (network.clientCidrs.length <= most) return [];
  return [
    {
      path: "network.clientCidrs",
      value: network.clientCidrs.length,
      rule: `must be at most ${most} blocks: each is a rule of its own, and the quota "Inbound or outbound rules per security group" allows ${quotas.rulesPerSecurityGroup}`,
      remedy: `Name larger blocks, or have AWS raise it (\`aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-0EA8095F --desired-value ${network.clientCidrs.length + ownRules}\`) and write the new value to \`quotas.rulesPerSecurityGroup\``,
    },
  ];
}
