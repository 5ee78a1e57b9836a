/** What AWS allows an account in a Region; it raises these on request. */
export interface Quotas {
  namespaces: number;
  workgroups: number;
  endpointsPerWorkgroup: number;
  /** Interface endpoints of one VPC; Redshift-managed ones count. */
  interfaceEndpointsPerVpc: number;
  /** Whether the address that a workgroup is made with counts there as well; AWS does not say. */
  workgroupsCountAsEndpoints: boolean;
  /** Targets of one target group or balancer, in all zones: balancing is across zones. */
  targetsPerBalancer: number;
  /** Rules of one security group in one direction. */
  rulesPerSecurityGroup: number;
}

/**
 * AWS's defaults.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/amazon-redshift-limits.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export const defaultQuotas: Quotas = {
  namespaces: 25,
  workgroups: 25,
  endpointsPerWorkgroup: 30,
  interfaceEndpointsPerVpc: 50,
  workgroupsCountAsEndpoints: true,
  targetsPerBalancer: 500,
  rulesPerSecurityGroup: 60,
};

/** Differences from AWS's defaults in JSON: `{"workgroups":100}`. @throws Error for what is no quota */
export function parseQuotas(text: string): Partial<Quotas> {
  const given: unknown = JSON.parse(text);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new Error(`Quotas must be a JSON object, not ${text}.`);
  const kinds = new Map(Object.entries(defaultQuotas).map(([name, value]) => [name, typeof value]));
  for (const [name, value] of Object.entries(given))
    if (kinds.get(name) !== typeof value)
      throw new Error(
        `There is no quota ${name} of ${JSON.stringify(value)}; there are ${[...kinds.keys()].join(", ")}.`,
      );
  return given;
}

/** Anything that has addresses in a VPC, and whose they are. */
interface Held {
  readonly vpcId: string;
  readonly owner: string;
}

/** How many interface endpoints a VPC has, whoever manages them. */
export function interfaceEndpointsIn(vpcId: string, held: readonly Held[], quotas: Quotas): number {
  const kinds = quotas.workgroupsCountAsEndpoints
    ? /^(vpce-|redshift-serverless\/(endpoint|workgroup)\/)/
    : /^(vpce-|redshift-serverless\/endpoint\/)/;
  const owners = held.filter((one) => one.vpcId === vpcId && kinds.test(one.owner)).map(({ owner }) => owner);
  return new Set(owners).size;
}
