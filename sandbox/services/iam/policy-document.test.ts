import { AwsProvider } from "../../provider/aws-provider";
import type { ValueMap } from "../../provider/values";
import { ec2 } from "../ec2/service";
import { TestServices } from "../testing";

const account = TestServices.open();
afterAll(() => account.dispose());
const provider = new AwsProvider({ account: account.account, services: account });

async function call(token: string, values: ValueMap): Promise<ValueMap> {
  const request = { token, args: { values, secrets: new Set<string>() }, session: "", preview: false };
  return (await provider.invoke(request)).result;
}

test("a policy document is written member by member as the AWS provider writes it", async () => {
  const { json } = await call("aws:iam/getPolicyDocument:getPolicyDocument", {
    statements: [
      {
        sid: "Read",
        actions: ["s3:GetObject", "s3:ListBucket"],
        resources: ["arn:aws:s3:::b"],
        principals: [
          { type: "Service", identifiers: ["redshift.amazonaws.com"] },
          { type: "AWS", identifiers: ["a", "b"] },
        ],
        conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["2", "1"] }],
      },
      { effect: "Deny", notActions: ["iam:*"], resources: ["*"], principals: [{ type: "*", identifiers: ["*"] }] },
    ],
  });
  expect(json).toBe(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": [
        "s3:ListBucket",
        "s3:GetObject"
      ],
      "Resource": "arn:aws:s3:::b",
      "Principal": {
        "AWS": [
          "b",
          "a"
        ],
        "Service": "redshift.amazonaws.com"
      },
      "Condition": {
        "StringEquals": {
          "aws:SourceAccount": [
            "2",
            "1"
          ]
        }
      }
    },
    {
      "Effect": "Deny",
      "NotAction": "iam:*",
      "Resource": "*",
      "Principal": "*"
    }
  ]
}`);
});

test("a later document replaces the statement with the same Sid", async () => {
  const source = JSON.stringify({ Statement: { Sid: "A", Effect: "Allow", Action: "old" } });
  const { json } = await call("aws:iam/getPolicyDocument:getPolicyDocument", {
    sourcePolicyDocuments: [source],
    statements: [{ sid: "A", actions: ["new"] }, { actions: ["other"] }],
  });
  const { Statement } = JSON.parse(String(json));
  expect(Statement.map((item: { Action: string }) => item.Action)).toEqual(["new", "other"]);
});

test("zones, caller and look-ups of the account", async () => {
  const zones = await call("aws:index/getAvailabilityZones:getAvailabilityZones", {
    state: "available",
    excludeNames: ["us-east-1b"],
  });
  expect(zones.names).toEqual(["us-east-1a", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"]);
  expect(await call("aws:index/getCallerIdentity:getCallerIdentity", {})).toMatchObject({ accountId: "000000000000" });
  const vpc = account.use(ec2).vpcs.create({ cidrBlock: "10.0.0.0/16", tags: { Name: "fleet" } });
  expect(await call("aws:ec2/getVpc:getVpc", { tags: { Name: "fleet" } })).toMatchObject({
    id: vpc.vpcId,
    region: "us-east-1",
  });
  await expect(call("aws:ec2/getVpc:getVpc", { filters: [{ name: "tag:Name", values: ["none*"] }] })).rejects.toThrow(
    /no matching EC2 VPC found/,
  );
  const lists = { name: "com.amazonaws.us-east-1.s3" };
  const s3 = account.use(ec2).vpcEndpoints.prefixListId(lists.name);
  expect(await call("aws:ec2/getPrefixList:getPrefixList", lists)).toMatchObject({ ...lists, id: s3 });
  await expect(call("aws:ec2/getPrefixList:getPrefixList", { name: "com.amazonaws.us-east-1.kms" })).rejects.toThrow(
    /no matching EC2 Prefix List/,
  );
  await expect(call("aws:sns/getTopic:getTopic", {})).rejects.toThrow(/NotImplemented/);
});
