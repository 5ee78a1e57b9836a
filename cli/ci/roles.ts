import { auditPolicy, deployPolicy, type PolicyDocument, previewPolicy, type StateStore, split } from "./documents";
import { prefixOf, type Scope } from "./resources";

/** A role that a workflow takes on, complete. */
export interface CiRole {
  /** Its name in IAM. */
  readonly name: string;
  /** The repository's variable that holds its ARN. */
  readonly variable: string;
  /** The environment of the repository whose jobs may take it on. */
  readonly environment: string;
  readonly arn: string;
  readonly trust: object;
  /** Managed policies, none longer than AWS takes. */
  readonly policies: readonly PolicyDocument[];
  /** How long a session may be, in seconds. */
  readonly maxSessionSeconds: number;
}

export interface CiRoles {
  readonly scope: Scope;
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly state: StateStore;
}

const issuer = "token.actions.githubusercontent.com";
/** As long as the deploying job of .github/workflows/preview.yml asks for. */
const deploySeconds = 7_200;
const hour = 3_600;

/** The three roles of one stack's pull requests, deployments and nightly audits. */
export function ciRoles({ scope, repository, state }: CiRoles): CiRole[] {
  const { partition, account, stack } = scope;
  const role = (kind: string, environment: string, policy: PolicyDocument, maxSessionSeconds = hour): CiRole => {
    const name = `${prefixOf(scope)}-${kind}`;
    return {
      name,
      variable: `${kind.toUpperCase()}_ROLE_ARN`,
      environment,
      arn: `arn:${partition}:iam::${account}:role/${name}`,
      trust: trustOf(scope, `repo:${repository}:environment:${environment}`),
      policies: split(policy),
      maxSessionSeconds,
    };
  };
  return [
    role("preview", `${stack}-preview`, previewPolicy(scope, state)),
    role("audit", `${stack}-preview`, auditPolicy(scope, state)),
    role("deploy", stack, deployPolicy(scope, state), deploySeconds),
  ];
}

/**
 * Trust in one environment of one repository: GitHub names it in the token's subject.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
function trustOf({ partition, account }: Scope, subject: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OneEnvironment",
        Effect: "Allow",
        Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject } },
      },
    ],
  };
}

/** The documents of a role by the names of their files. */
export function filesOf(role: CiRole): Record<string, object> {
  const kind = role.name.slice(role.name.lastIndexOf("-") + 1);
  const policies = role.policies.map((policy, index) => [`${kind}.policy-${index + 1}.json`, policy] as const);
  return { [`${kind}.trust.json`]: role.trust, ...Object.fromEntries(policies) };
}

/** The AWS CLI's commands that make a role from those files. @param folder the files' */
export function commandsOf(role: CiRole, folder: string): string[] {
  const [trust = "", ...policies] = Object.keys(filesOf(role)).map((file) => `file://${folder}/${file}`);
  const policyArn = (name: string) => role.arn.replace(/:role\/.*/, `:policy/${name}`);
  return [
    `aws iam create-role --role-name ${role.name} --max-session-duration ${role.maxSessionSeconds} --assume-role-policy-document ${trust}`,
    ...policies.flatMap((file, index) => {
      const name = `${role.name}-${index + 1}`;
      return [
        `aws iam create-policy --policy-name ${name} --policy-document ${file}`,
        `aws iam attach-role-policy --role-name ${role.name} --policy-arn ${policyArn(name)}`,
      ];
    }),
  ];
}

/** The GitHub CLI's commands that tell the workflow which roles there are. */
export function settingsOf({ scope, repository, state }: CiRoles): string[] {
  const environments = [...new Set(ciRoles({ scope, repository, state }).map(({ environment }) => environment))];
  const set = (name: string, environment: string, value: string) =>
    `gh variable set ${name} --repo ${repository} --env ${environment} --body ${value}`;
  return [
    ...environments.map((each) => `gh api --method PUT repos/${repository}/environments/${each} --silent`),
    ...environments.flatMap((each) => [
      set("AWS_REGION", each, scope.region),
      set("PULUMI_BACKEND_URL", each, `'s3://${state.bucket}?region=${scope.region}'`),
    ]),
    ...ciRoles({ scope, repository, state }).map((role) => set(role.variable, role.environment, role.arn)),
  ];
}
