import { known, Recorder, testPlace } from "../testing/recorder";
import { Producer, type ProducerArgs } from "./producer";
import { s3Policy } from "./s3-role";

const account = { accountId: "123456789012", partition: "aws", region: "us-east-1" };

async function made(over: Partial<ProducerArgs> = {}) {
  const recorder = Recorder.start();
  const producer = new Producer("producer", { ...testPlace(), ...account, ...over });
  await recorder.settled();
  return { recorder, producer };
}

describe("Producer", () => {
  test("is private, encrypted with the fleet's key, and nobody ever knows its password", async () => {
    const { recorder } = await made();
    const namespace = recorder.inputsOf("aws:redshiftserverless/namespace:Namespace", "producer-namespace");
    expect(namespace).toMatchObject({
      manageAdminPassword: true,
      kmsKeyId: testPlace().kmsKeyArn,
      adminPasswordSecretKmsKeyId: testPlace().kmsKeyArn,
      dbName: "fleet",
      adminUsername: "fleet_admin",
      logExports: ["connectionlog", "useractivitylog", "userlog"],
    });
    expect(namespace).not.toHaveProperty("adminUserPassword");
    expect(recorder.inputsOf("aws:redshiftserverless/workgroup:Workgroup", "producer-workgroup")).toMatchObject({
      baseCapacity: 32,
      maxCapacity: 256,
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
      securityGroupIds: ["sg-producer"],
      port: 5439,
    });
  });

  test("names namespace and workgroup alike, so that a replacement is there before the old one goes", async () => {
    const { recorder, producer } = await made();
    const again = await made({ generation: 2 });
    const namespace = recorder.inputsOf("aws:redshiftserverless/namespace:Namespace", "producer-namespace");
    expect(namespace.namespaceName).toBe(producer.warehouseName);
    expect(again.producer.warehouseName).not.toBe(producer.warehouseName);
  });

  test("says how the Data API and clients reach it", async () => {
    const { producer } = await made();
    expect(await known(producer.host)).toBe("producer-workgroup.example.com");
    expect(await known(producer.target.namespaceId)).toBe("producer-namespace-guid");
    expect(producer.target).toMatchObject({ name: "producer", database: "fleet" });
  });

  test("has a role for S3 only when it was given buckets", async () => {
    const without = await made();
    expect(without.recorder.of("aws:iam/role:Role")).toEqual([]);
    const { recorder } = await made({ s3: { read: ["landing/in/*"] } });
    const namespace = recorder.inputsOf("aws:redshiftserverless/namespace:Namespace", "producer-namespace");
    expect(namespace.iamRoles).toEqual([namespace.defaultIamRoleArn]);
    expect(recorder.of("aws:iam/rolePolicy:RolePolicy")).toHaveLength(1);
  });

  test("grants no more in S3 than was named", () => {
    const policy = s3Policy({ read: ["landing/in/*"], write: ["out"] }, "aws", "us-east-1", "key");
    expect(policy.Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        ["s3:GetBucketLocation", "s3:ListBucket"],
        ["arn:aws:s3:::landing", "arn:aws:s3:::out"],
      ],
      ["s3:GetObject", ["arn:aws:s3:::landing/in/*"]],
      [["s3:AbortMultipartUpload", "s3:PutObject"], ["arn:aws:s3:::out/*"]],
      [["kms:Decrypt", "kms:GenerateDataKey"], "key"],
    ]);
  });

  test("has a usage limit only when asked for", async () => {
    const { recorder } = await made({ usageLimit: { rpuHours: 100, period: "daily", breachAction: "deactivate" } });
    expect(recorder.inputsOf("aws:redshiftserverless/usageLimit:UsageLimit", "producer-usage")).toMatchObject({
      usageType: "serverless-compute",
      amount: 100,
      period: "daily",
      breachAction: "deactivate",
    });
  });

  test("refuses every fault at once, before the first child", async () => {
    const recorder = Recorder.start();
    expect(
      () => new Producer("producer", { ...testPlace(), ...account, baseCapacity: 33, port: 80, database: 'x"; DROP' }),
    ).toThrow(/3 faults[\s\S]*baseCapacity[\s\S]*port[\s\S]*database/);
    await recorder.settled();
    expect(recorder.resources.filter(({ type }) => type.startsWith("aws:"))).toEqual([]);
  });
});
