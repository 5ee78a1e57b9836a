import { readActions, writeActions } from "./actions";
import { resourcesOf, roleArns, type Scope } from "./resources";

export interface Statement {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: Statement[];
}

/** Where Pulumi keeps a stack's state, and what encrypts it. */
export interface StateStore {
  /** Name of the bucket. */
  readonly bucket: string;
  /** ARN of the key of the bucket and of the stack's secrets; undefined with a passphrase and AWS's own key. */
  readonly keyArn?: string;
}

/** A variable that IAM puts the caller into. */
const caller = "\u0024{aws:userid}";

const dataKeys = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"];
const readKeys = ["kms:Decrypt", "kms:DescribeKey"];

/** Loss of data or of service, which no other stack's role may cause: what goes carries this stack's tags. */
const destructive =
  /^(ec2|elasticloadbalancing|redshift-serverless):Delete(?!Tags|EndpointAccess|UsageLimit)|^kms:(DisableKey|PutKeyPolicy|ScheduleKeyDeletion)$/;

/** What previews need: to read the state, and to look at everything that a stack may have. No data, no secret. */
export function previewPolicy(scope: Scope, state: StateStore): PolicyDocument {
  return document([...readState(scope, state), ...statements("Look", readActions, scope)]);
}

/** What the nightly audit needs: the state, for the pack judges what stands there. */
export function auditPolicy(scope: Scope, state: StateStore): PolicyDocument {
  return document(readState(scope, state));
}

/** What deploying and destroying need. */
export function deployPolicy(scope: Scope, state: StateStore): PolicyDocument {
  const tags = { "aws:ResourceTag/project": scope.project, "aws:ResourceTag/stack": scope.stack };
  const own = (action: string) => destructive.test(action);
  const statement = /^redshift-data:(CancelStatement|DescribeStatement|GetStatementResult)$/;
  const plain = writeActions.filter((action) => !own(action) && !statement.test(action));
  return document([
    ...writeState(scope, state),
    ...statements("Look", readActions, scope),
    ...statements("Change", plain, scope),
    ...statements("Destroy", writeActions.filter(own), scope, { StringEquals: tags }),
    // https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-iam.html: the statements of one caller are his alone.
    ...statements(
      "Statement",
      writeActions.filter((action) => statement.test(action)),
      scope,
      { StringEquals: { "redshift-data:statement-owner-iam-userid": caller } },
    ),
    ...throughServices(scope),
    ...roles(scope),
  ]);
}

function document(all: Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: all };
}

/** Statements for actions, one for each list of resources. */
function statements(sid: string, actions: readonly string[], scope: Scope, Condition?: Statement["Condition"]) {
  const groups = new Map<string, Statement>();
  for (const action of actions) {
    const Resource = resourcesOf(action, scope);
    const key = Resource.join();
    const [service = ""] = action.split(":");
    const Sid = sid + (key === "*" ? "Everywhere" : camel(service));
    const group = groups.get(key) ?? { Sid, Effect: "Allow", Action: [], Resource, ...(Condition && { Condition }) };
    group.Action.push(action);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const camel = (service: string) => service.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A preview takes no lock and writes no history, so that reading is enough. */
function readState(scope: Scope, state: StateStore): Statement[] {
  return stateOf(scope, state, ["s3:GetObject"], readKeys);
}

function writeState(scope: Scope, state: StateStore): Statement[] {
  return stateOf(scope, state, ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], dataKeys);
}

function stateOf({ partition }: Scope, { bucket, keyArn }: StateStore, objects: string[], keys: string[]) {
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  const found: Statement[] = [
    { Sid: "ListState", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucketArn] },
    { Sid: "State", Effect: "Allow", Action: objects, Resource: [`${bucketArn}/.pulumi/*`] },
  ];
  if (keyArn) found.push({ Sid: "StateKey", Effect: "Allow", Action: keys, Resource: [keyArn] });
  return found;
}

/** The fleet's own key, as the services use it on behalf of who deploys; the key's policy asks for the same. */
function throughServices({ partition, region, account }: Scope): Statement[] {
  const Resource = [`arn:${partition}:kms:${region}:${account}:key/*`];
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const services = ["redshift", "redshift-serverless", "secretsmanager"].map((name) => `${name}.${region}.${suffix}`);
  const through = { "kms:ViaService": services, "kms:CallerAccount": account };
  return [
    {
      Sid: "UseKeyThroughServices",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
      Resource,
      Condition: { StringEquals: through },
    },
    {
      Sid: "GrantKeyToServices",
      Effect: "Allow",
      Action: ["kms:CreateGrant"],
      Resource,
      Condition: { StringEquals: through, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** Roles for services, and those that services make for themselves when they are first used in an account. */
function roles(scope: Scope): Statement[] {
  const { partition, account } = scope;
  const linked = { "redshift.amazonaws.com": "Redshift", "elasticloadbalancing.amazonaws.com": "ElasticLoadBalancing" };
  return [
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: roleArns(scope),
      Condition: {
        StringEquals: {
          "iam:PassedToService": [
            "redshift.amazonaws.com",
            "redshift-serverless.amazonaws.com",
            "vpc-flow-logs.amazonaws.com",
          ],
        },
      },
    },
    {
      Sid: "ServiceLinkedRoles",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: Object.entries(linked).map(
        ([service, name]) =>
          `arn:${partition}:iam::${account}:role/aws-service-role/${service}/AWSServiceRoleFor${name}`,
      ),
      Condition: { StringEquals: { "iam:AWSServiceName": Object.keys(linked) } },
    },
  ];
}

/** AWS's limit of one managed policy, in characters that are not white space. */
export const longestPolicy = 6_144;

/** The same permissions in as many documents as the limit asks for. */
export function split({ Version, Statement }: PolicyDocument): PolicyDocument[] {
  const documents: PolicyDocument[] = [];
  for (const statement of Statement) {
    const last = documents.at(-1);
    const grown = { Version, Statement: [...(last?.Statement ?? []), statement] };
    if (last && JSON.stringify(grown).length <= longestPolicy) last.Statement = grown.Statement;
    else documents.push({ Version, Statement: [statement] });
  }
  return documents;
}
