import { checkPolicyDocument } from "../../../aws/policy-document";
import { S3Error } from "../errors";

interface Statement {
  Effect?: string;
  Principal?: unknown;
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

const malformed = (message: string) => new S3Error("MalformedPolicy", message, 400);

/** @param bucket its ARN @throws S3Error `MalformedPolicy` */
export function checkBucketPolicy(policy: string, bucket: string): void {
  if (!policy.trimStart().startsWith("{")) {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  checkPolicyDocument(policy, "MalformedPolicy");
  for (const { Principal, Resource, NotResource } of statementsOf(policy)) {
    if (Principal === undefined) throw malformed("Missing required field Principal");
    const resources = [Resource ?? NotResource ?? []].flat();
    if (resources.length === 0) throw malformed("Missing required field Resource");
    const foreign = resources.some((arn) => arn !== "*" && arn !== bucket && !arn.startsWith(`${bucket}/`));
    if (foreign) throw malformed("Policy has invalid resource");
  }
}

/**
 * Whether a policy lets anybody in: a statement that allows something to everybody without a condition.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (the meaning of "public")
 */
export function isPublic(policy: string): boolean {
  return statementsOf(policy).some(
    ({ Effect, Principal, Condition }) =>
      Effect === "Allow" && isEverybody(Principal) && Object.keys(Condition ?? {}).length === 0,
  );
}

export function isEverybody(principal: unknown): boolean {
  if (principal === "*") return true;
  if (typeof principal !== "object" || principal === null) return false;
  const { AWS } = principal as { AWS?: string | string[] };
  return [AWS ?? []].flat().includes("*");
}

function statementsOf(policy: string): Statement[] {
  const { Statement } = JSON.parse(policy) as { Statement: Statement | Statement[] };
  return [Statement].flat();
}
