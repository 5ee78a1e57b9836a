import { AwsProvider } from "../../provider/aws-provider";
import { TestEngine } from "../../provider/testing";
import { TestServices } from "../testing";

const services = TestServices.open();
afterAll(() => services.dispose());
const engine = new TestEngine(new AwsProvider({ account: services.account, services }));

const document = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const trust = (Service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
  });
const call = (operation: string, input: Record<string, string>) => services.call("iam", operation, input);

test("a role changes with what is given with it, and goes when nothing is attached to it", async () => {
  const role = await engine.make("aws:iam/role:Role", {
    assumeRolePolicy: trust("redshift.amazonaws.com"),
    description: "loads",
    inlinePolicies: [{ name: "own", policy: document("s3:GetObject") }],
    tags: { team: "data" },
    tagsAll: { team: "data" },
  });
  const RoleName = role.id;
  const policy = await engine.make("aws:iam/policy:Policy", { policy: document("s3:PutObject"), path: "/fleet/" });
  const attachment = { role: RoleName, policyArn: policy.id };
  const attached = await engine.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", attachment);
  const boundary = { permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
  const changed = await engine.change(role, {
    ...boundary,
    assumeRolePolicy: trust("lambda.amazonaws.com"),
    description: "unloads",
    tags: { cost: "1" },
    tagsAll: { cost: "1" },
    inlinePolicies: [],
    managedPolicyArns: [policy.id],
  });
  expect(changed.state).toMatchObject({ ...boundary, description: "unloads", tags: { cost: "1" } });
  expect(await call("ListRolePolicies", { RoleName })).toMatchObject({ PolicyNames: [] });
  await expect(engine.remove(changed)).rejects.toThrow("DeleteConflict");
  await expect(engine.remove(policy)).rejects.toThrow("DeleteConflict");
  await engine.remove(attached);
  await engine.remove(changed);
  await engine.remove(policy);
  expect(await call("ListRoles", {})).toMatchObject({ Roles: [] });
});

test("another document of a policy is another version of it", async () => {
  const made = await engine.make("aws:iam/policy:Policy", { policy: document("s3:GetObject") });
  const { state } = await engine.change(made, { policy: document("s3:ListBucket") });
  expect(state).toMatchObject({ policy: document("s3:ListBucket"), attachmentCount: 0 });
  expect(await call("GetPolicy", { PolicyArn: made.id })).toMatchObject({ Policy: { DefaultVersionId: "v2" } });
});

test("a log group keeps as long as it is told, under the key that it is told", async () => {
  const kmsKeyId = services.account.arn("kms", "key/1");
  const group = await engine.make("aws:cloudwatch/logGroup:LogGroup", {
    retentionInDays: 30,
    tags: { a: "b" },
    tagsAll: { a: "b" },
  });
  const found = await services.call("logs", "DescribeLogGroups", { logGroupNamePrefix: group.id });
  expect(found).toMatchObject({ logGroups: [{ logGroupName: group.id, retentionInDays: 30 }] });
  const kept = await engine.change(group, { retentionInDays: 0, kmsKeyId, deletionProtectionEnabled: true });
  expect(kept.state).toMatchObject({ retentionInDays: 0, kmsKeyId });
  await expect(engine.remove(kept)).rejects.toThrow("Deletion protection");
  const free = await engine.change(kept, { deletionProtectionEnabled: false, tags: {}, tagsAll: {} });
  await engine.remove(free);
  expect(await engine.read(free)).toBeUndefined();
});
