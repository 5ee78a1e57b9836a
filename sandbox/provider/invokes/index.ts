import { accountInvokes } from "./account";
import { dataInvokes } from "./data";
import { ec2Invokes } from "./ec2";
import type { Invoke } from "./invoke";
import { policyDocumentInvokes } from "./policy-document";

/** The functions of the `aws` package that the sandbox answers, by token. */
export const invokes: Readonly<Record<string, Invoke>> = {
  ...accountInvokes,
  ...ec2Invokes,
  ...policyDocumentInvokes,
  ...dataInvokes,
};
