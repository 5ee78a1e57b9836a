import { createHash, randomBytes } from "node:crypto";
import { defaultQuotas, type Quotas } from "./quotas";

/** An availability zone: its name in this account and the id that is the same in every account. */
export interface AvailabilityZone {
  name: string;
  id: string;
}

/** The one account that a sandbox stands for. */
export interface Account {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly azs: readonly AvailabilityZone[];
  /** Ids of zones that Redshift Serverless is not in. */
  readonly zonesWithoutServerless: readonly string[];
  readonly quotas: Quotas;
  /**
   * An ARN in this account.
   * @param resource the part after the account, such as `workgroup/abc`.
   * @param options `region: ""` and `account: ""` for services whose ARNs have none (IAM, S3).
   */
  arn(service: string, resource: string, options?: { region?: string; account?: string }): string;
}

/** Prefixes of zone ids of the Regions people use most; others get a made-up prefix of the same form. */
const zoneIdPrefix: Readonly<Record<string, string>> = {
  "us-east-1": "use1",
  "us-east-2": "use2",
  "us-west-1": "usw1",
  "us-west-2": "usw2",
  "eu-west-1": "euw1",
  "eu-west-2": "euw2",
  "eu-west-3": "euw3",
  "eu-central-1": "euc1",
  "eu-north-1": "eun1",
  "ap-southeast-1": "apse1",
  "ap-southeast-2": "apse2",
  "ap-northeast-1": "apne1",
  "ap-northeast-2": "apne2",
  "ap-south-1": "aps1",
  "ca-central-1": "cac1",
  "sa-east-1": "sae1",
};

/**
 * us-east-1 has six zones, every other Region of a sandbox three. Accounts have different names for the same zones: the
 * third of us-east-1 is not its `c` here.
 */
function zonesOf(region: string): AvailabilityZone[] {
  const letters = region === "us-east-1" ? "abcdef" : "abc";
  const numbers = region === "us-east-1" ? [1, 2, 4, 6, 3, 5] : [1, 2, 3];
  const prefix = zoneIdPrefix[region] ?? region.replace(/^(\w\w)-(\w)\w*-(\d+)$/, "$1$2$3");
  return [...letters].map((letter, index) => ({ name: `${region}${letter}`, id: `${prefix}-az${numbers[index]}` }));
}

/** In what an account differs from a new one. */
export interface AccountLimits {
  quotas?: Partial<Quotas>;
  /** @default use1-az3, which newer services are not in */
  zonesWithoutServerless?: readonly string[];
}

export function createAccount(region = "us-east-1", limits: AccountLimits = {}): Account {
  const accountId = "000000000000";
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return {
    accountId,
    partition,
    region,
    azs: zonesOf(region),
    zonesWithoutServerless: limits.zonesWithoutServerless ?? ["use1-az3"],
    quotas: { ...defaultQuotas, ...limits.quotas },
    arn: (service, resource, options = {}) =>
      `arn:${partition}:${service}:${options.region ?? region}:${options.account ?? accountId}:${resource}`,
  };
}

/** `vpc-0a1b…`: a prefix and 17 hexadecimal digits, as EC2 makes ids. */
export function newId(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString("hex")}`;
}

/** An id that is the same every time for the same seed. */
export function stableId(prefix: string, seed: string): string {
  return `${prefix}-0${createHash("sha256").update(seed).digest("hex").slice(0, 16)}`;
}
