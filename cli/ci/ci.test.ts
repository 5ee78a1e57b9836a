import * as ec2 from "@aws-sdk/client-ec2";
import * as elasticloadbalancing from "@aws-sdk/client-elastic-load-balancing-v2";
import * as kms from "@aws-sdk/client-kms";
import * as redshiftData from "@aws-sdk/client-redshift-data";
import * as redshiftServerless from "@aws-sdk/client-redshift-serverless";
import * as secretsmanager from "@aws-sdk/client-secrets-manager";
import { readActions, writeActions } from "./actions";
import { longestPolicy, type Statement } from "./documents";
import { type CiRole, ciRoles, commandsOf, filesOf, settingsOf } from "./roles";

const scope = {
  partition: "aws",
  account: "111122223333",
  region: "eu-central-1",
  project: "redshift-fleet",
  stack: "prod",
};
const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/0f3a7c52-8d41-4a55-9c1b-2f6d5e7a9b10";
const wanted = { scope, repository: "acme/warehouse", state: { bucket: "acme-state", keyArn } };
const roles = ciRoles(wanted);
const [preview, audit, deploy] = roles as [CiRole, CiRole, CiRole];
const statements = (role: CiRole): Statement[] => role.policies.flatMap(({ Statement }) => Statement);
const actions = (role: CiRole) => statements(role).flatMap(({ Action }) => Action);

/** Names of operations by service, from AWS's SDK. */
const operations: Record<string, Set<string>> = Object.fromEntries(
  Object.entries({
    ec2,
    elasticloadbalancing,
    kms,
    "redshift-data": redshiftData,
    "redshift-serverless": redshiftServerless,
    secretsmanager,
  }).map(([service, sdk]) => [service, new Set(Object.keys(sdk).map((name) => name.replace(/Command$/, "")))]),
);

test("every action is one that AWS has", () => {
  const strange = [...readActions, ...writeActions].filter((action) => {
    const [service = "", name = ""] = action.split(":");
    return operations[service] ? !operations[service].has(name) : !["iam", "logs"].includes(service);
  });
  expect(strange).toEqual([]);
});

test("no document names a group of actions, nor everything where there is an ARN", () => {
  for (const statement of roles.flatMap(statements)) {
    expect(statement.Action.filter((action) => action.includes("*"))).toEqual([]);
    for (const resource of statement.Resource)
      expect(resource).toMatch(/^(\*|arn:aws:(s3:::acme-state(\/\.pulumi\/\*)?|[\w-]+:[\w-]*:111122223333:.*[^:]))$/);
    if (!statement.Resource.includes("*")) continue;
    // AWS's Service Authorization Reference names no resource for these, and for no other of ours.
    const alone = new RegExp(
      [
        "^ec2:Describe\\w+|elasticloadbalancing:Describe\\w+|kms:(CreateKey|ListAliases|ListKeys)",
        "logs:DescribeLogGroups|redshift-data:(CancelStatement|DescribeStatement|GetStatementResult)",
        "redshift-serverless:(List\\w+|\\w+UsageLimit)|secretsmanager:GetRandomPassword$",
      ].join("|"),
    );
    expect(statement.Action.filter((action) => !alone.test(action))).toEqual([]);
    expect(statement.Resource).toEqual(["*"]);
  }
});

test("previews and audits only look, at no secret and at no data", () => {
  for (const role of [preview, audit])
    for (const action of actions(role)) expect(action).toMatch(/:(Describe|Get|List)\w+$|^kms:Decrypt$/);
  expect(actions(preview)).not.toContain("secretsmanager:GetSecretValue");
  expect(actions(preview).join()).not.toContain("redshift-data:");
  const decrypting = statements(preview).filter(({ Action }) => Action.includes("kms:Decrypt"));
  expect(decrypting.map(({ Resource }) => Resource)).toEqual([[keyArn]]);
  expect(statements(audit).map(({ Sid }) => Sid)).toEqual(["ListState", "State", "StateKey"]);
});

test("only what carries the stack's tags can be destroyed", () => {
  const destroying = statements(deploy).filter(({ Action }) =>
    Action.some((action) => /:Delete(Vpc|Namespace|Workgroup|LoadBalancer)$|ScheduleKeyDeletion/.test(action)),
  );
  expect(destroying.length).toBeGreaterThanOrEqual(4);
  for (const { Condition } of destroying)
    expect(Condition).toEqual({
      StringEquals: { "aws:ResourceTag/project": "redshift-fleet", "aws:ResourceTag/stack": "prod" },
    });
});

test("each role trusts one environment of one repository", () => {
  const subject = (role: CiRole) =>
    /"token\.actions\.githubusercontent\.com:sub":"([^"]*)"/.exec(JSON.stringify(role.trust))?.[1];
  expect(roles.map(subject)).toEqual([
    "repo:acme/warehouse:environment:prod-preview",
    "repo:acme/warehouse:environment:prod-preview",
    "repo:acme/warehouse:environment:prod",
  ]);
  for (const { trust } of roles) expect(JSON.stringify(trust)).toContain('":"sts.amazonaws.com"');
});

test("no managed policy is longer than AWS takes, whatever the stack is called", () => {
  const long = { ...scope, region: "ap-southeast-1", project: "p".repeat(30), stack: "s".repeat(20) };
  for (const { policies } of ciRoles({ ...wanted, scope: long })) {
    expect(policies.length).toBeLessThanOrEqual(10);
    for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(longestPolicy);
  }
});

test("a passphrase needs no key, China has its own partition", () => {
  const china = { ...scope, partition: "aws-cn", region: "cn-north-1" };
  const [, plain] = ciRoles({ scope: china, repository: "acme/warehouse", state: { bucket: "acme-state" } });
  expect(statements(plain!).map(({ Sid }) => Sid)).toEqual(["ListState", "State"]);
  expect(JSON.stringify(ciRoles({ ...wanted, scope: china }).map(({ trust }) => trust))).not.toContain("arn:aws:");
});

test("the commands make each role from its files, and name every policy of it", () => {
  for (const role of roles) {
    const commands = commandsOf(role, "ci-roles/prod").join("\n");
    for (const file of Object.keys(filesOf(role))) expect(commands).toContain(`file://ci-roles/prod/${file}`);
    expect(commands.match(/attach-role-policy/g)).toHaveLength(role.policies.length);
  }
  expect(settingsOf(wanted).join("\n")).toMatch(
    /DEPLOY_ROLE_ARN --repo acme\/warehouse --env prod --body arn:aws:iam::111122223333:role\/redshift-fleet-prod-deploy/,
  );
});
