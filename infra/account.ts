import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getPartition } from "@pulumi/aws/getPartition";

/** The account that the stack is deployed to. */
export interface Account {
  readonly accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
}

/** Asks who we are. */
export async function lookUpAccount(): Promise<Account> {
  const [identity, { partition }] = await Promise.all([getCallerIdentity(), getPartition()]);
  return { accountId: identity.accountId, partition };
}
