import { Provider } from "@pulumi/aws";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Table } from "@pulumi/aws/dynamodb";
import { Policy, Role, RolePolicyAttachment } from "@pulumi/aws/iam";
import { Function as LambdaFunction, Permission } from "@pulumi/aws/lambda";
import { BucketV2 } from "@pulumi/aws/s3";
import { Secret, SecretRotation } from "@pulumi/aws/secretsmanager";
import { allow, bucket, closeToPublic, keyArn, tlsOnly, trust, trustGitHub } from "../parts";
import { good } from "../program";

good("landing", (name) => void bucket(name, { bucketName: "acme-landing" }));
good("old-bucket", (name) => {
  const it = new BucketV2(name("bucket"), {
    bucket: "acme-archive",
    versionings: [{ enabled: true }],
    serverSideEncryptionConfigurations: [
      { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn }] }] },
    ],
    policy: tlsOnly("acme-archive"),
  });
  closeToPublic(name, it.bucket);
});
good("loader", (name) => {
  const role = new Role(name("role"), { assumeRolePolicy: trust("lambda.amazonaws.com") });
  new RolePolicyAttachment(name("vpc"), {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
  });
  const loader = new LambdaFunction(name("loader"), {
    runtime: "nodejs22.x",
    handler: "index.handler",
    role: role.arn,
    s3Bucket: "acme-code",
    s3Key: "loader.zip",
    vpcConfig: { subnetIds: ["subnet-0a1b2c3d4e5f60718"], securityGroupIds: ["sg-0a1b2c3d4e5f60718"] },
    tracingConfig: { mode: "Active" },
  });
  new Permission(name("on-arrival"), {
    action: "lambda:InvokeFunction",
    function: loader.name,
    principal: "s3.amazonaws.com",
    sourceArn: "arn:aws:s3:::acme-landing",
    sourceAccount: "111122223333",
  });
});
good("reader-secret", (name) => {
  const secret = new Secret(name("secret"), { name: "airline/reader", kmsKeyId: keyArn });
  new SecretRotation(name("rotation"), {
    secretId: secret.id,
    rotationLambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:rotate",
    rotationRules: { automaticallyAfterDays: 30 },
  });
});
good("logs", (name) => {
  new LogGroup(name("logs"), { retentionInDays: 365, kmsKeyId: keyArn });
});
good("table", (name) => {
  new Table(name("table"), {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "load",
    attributes: [{ name: "load", type: "S" }],
    pointInTimeRecovery: { enabled: true },
    deletionProtectionEnabled: true,
    serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
  });
});
good("deployer", (name) => {
  const claims = { aud: "sts.amazonaws.com", sub: "repo:acme/warehouse:environment:production" };
  new Role(name("role"), { assumeRolePolicy: trustGitHub(claims) });
});
good("copy-rights", (name) => {
  new Policy(name("policy"), { policy: allow(["s3:GetObject"], "arn:aws:s3:::acme-landing/*") });
});
good(
  "tagged-by-provider",
  (name) => {
    const tagged = new Provider(name("tagged"), { region: "us-east-1", defaultTags: { tags: { owner: "bi" } } });
    new LogGroup(name("logs"), { retentionInDays: 90, kmsKeyId: keyArn }, { provider: tagged });
  },
  "acme",
);
good(
  "tagged",
  (name) => {
    new LogGroup(name("logs"), { retentionInDays: 90, kmsKeyId: keyArn, tags: { owner: "bi" } });
  },
  "acme",
);
good(
  "lab-bucket",
  (name) => {
    // Plain requests are waived for it, see the configuration.
    bucket(name, { bucketName: "acme-lab", tlsOnly: false }, { owner: "bi" });
  },
  "acme",
);
