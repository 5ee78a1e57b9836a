import { AwsError } from "./errors";

interface PolicyDocument {
  Version?: unknown;
  Statement?: unknown;
}

/**
 * Checks a policy as AWS does before it stores one: JSON, a known version, statements with an effect and an action.
 * @param code what the service at hand calls this refusal.
 * @throws AwsError with `code`
 */
export function checkPolicyDocument(policy: string, code = "MalformedPolicyDocument"): void {
  let document: PolicyDocument;
  try {
    document = JSON.parse(policy) as PolicyDocument;
  } catch {
    throw new AwsError(code, "This policy contains invalid Json");
  }
  if (typeof document !== "object" || document === null || document.Statement === undefined) {
    throw new AwsError(code, "Syntax errors in policy: Statement is missing.");
  }
  const { Version } = document;
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") {
    throw new AwsError(code, `Syntax errors in policy: Version ${JSON.stringify(Version)} is not known.`);
  }
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  for (const statement of statements as Record<string, unknown>[]) {
    if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
      throw new AwsError(code, `Syntax errors in policy: Effect must be Allow or Deny, not ${statement.Effect}.`);
    }
    if (statement.Action === undefined && statement.NotAction === undefined) {
      throw new AwsError(code, "Policy statement must contain actions.");
    }
  }
}
