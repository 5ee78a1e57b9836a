import { Table } from "@pulumi/aws/dynamodb";
import { Policy, Role, RolePolicy, RolePolicyAttachment } from "@pulumi/aws/iam";
import { FirehoseDeliveryStream } from "@pulumi/aws/kinesis";
import { type FunctionArgs, FunctionUrl, Function as LambdaFunction, Permission } from "@pulumi/aws/lambda";
import { Bucket } from "@pulumi/aws/s3";
import { allow, bucket, keyArn, trust, trustGitHub } from "../parts";
import { bad, type Naming } from "../program";

const roleArn = "arn:aws:iam::111122223333:role/loader";

bad("bucket-open", { "bucket-public-access-block": ["bucket"] }, (name) => {
  bucket(name, { bucketName: "acme-landing-1", access: false });
});
bad("bucket-ajar", { "bucket-public-access-block": ["bucket"] }, (name) => {
  bucket(name, { bucketName: "acme-landing-2", access: { restrictPublicBuckets: false } });
});
bad("bucket-clear", { "bucket-tls-only": ["bucket"] }, (name) => {
  bucket(name, { bucketName: "acme-landing-3", tlsOnly: false });
});
bad("bucket-forgets", { "bucket-versioning": ["bucket"] }, (name) => {
  bucket(name, { bucketName: "acme-landing-4", versioning: false });
});
bad("bucket-suspended", { "bucket-versioning": ["bucket"] }, (name) => {
  bucket(name, { bucketName: "acme-landing-5", versioning: "Suspended" });
});
bad("bucket-aes", { "customer-managed-kms": ["encryption"] }, (name) => {
  bucket(name, { bucketName: "acme-landing-6", encryption: { sseAlgorithm: "AES256" } });
});
bad("bucket-no-key", { "customer-managed-kms": ["bucket"] }, (name) => {
  bucket(name, { bucketName: "acme-landing-7", encryption: false });
});
bad(
  "bucket-bare",
  {
    "bucket-public-access-block": ["bucket"],
    "bucket-tls-only": ["bucket"],
    "bucket-versioning": ["bucket"],
    "customer-managed-kms": ["bucket"],
  },
  (name) => {
    new Bucket(name("bucket"), { bucket: "acme-landing-8" });
  },
);

function table(name: Naming, args: Partial<ConstructorParameters<typeof Table>[1]>): void {
  new Table(name("table"), {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "load",
    attributes: [{ name: "load", type: "S" }],
    pointInTimeRecovery: { enabled: true },
    deletionProtectionEnabled: true,
    serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
    ...args,
  });
}
bad("table-replica", { "dynamodb-protection": ["table"], "customer-managed-kms": ["table"] }, (name) =>
  table(name, {
    replicas: [{ regionName: "eu-west-1", pointInTimeRecovery: false, deletionProtectionEnabled: true }],
  }),
);
bad("table-no-way-back", { "dynamodb-protection": ["table"] }, (name) =>
  table(name, { pointInTimeRecovery: undefined }),
);
bad("table-deletable", { "dynamodb-protection": ["table"] }, (name) =>
  table(name, { deletionProtectionEnabled: false }),
);
bad("table-key-of-aws", { "customer-managed-kms": ["table"] }, (name) =>
  table(name, { serverSideEncryption: { enabled: true } }),
);

function lambda(name: Naming, args: Partial<FunctionArgs>): void {
  new LambdaFunction(name("loader"), {
    runtime: "nodejs22.x",
    handler: "index.handler",
    role: roleArn,
    s3Bucket: "acme-code",
    s3Key: "loader.zip",
    environment: { variables: { WORKGROUP: "producer" } },
    kmsKeyArn: keyArn,
    vpcConfig: { subnetIds: ["subnet-0a1b2c3d4e5f60718"], securityGroupIds: ["sg-0a1b2c3d4e5f60718"] },
    tracingConfig: { mode: "Active" },
    ...args,
  });
}
bad("lambda-old", { "lambda-runtime": ["loader"] }, (name) => lambda(name, { runtime: "python3.8" }));
bad("lambda-readable", { "lambda-environment-key": ["loader"] }, (name) => lambda(name, { kmsKeyArn: undefined }));
bad("lambda-outside", { "lambda-in-vpc": ["loader"] }, (name) => lambda(name, { vpcConfig: undefined }));
bad("lambda-untraced", { "lambda-tracing": ["loader"] }, (name) => lambda(name, { tracingConfig: undefined }));
bad("lambda-for-all", { "lambda-permission-scope": ["permission"] }, (name) => {
  new Permission(name("permission"), {
    action: "lambda:InvokeFunction",
    function: "loader",
    principal: "s3.amazonaws.com",
  });
});
bad("lambda-url-for-all", { "lambda-permission-scope": ["url"] }, (name) => {
  new FunctionUrl(name("url"), { functionName: "loader", authorizationType: "NONE" });
});

function stream(name: Naming, passwordInline: boolean, logged: boolean): void {
  new FirehoseDeliveryStream(name("stream"), {
    destination: "redshift",
    serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: keyArn },
    redshiftConfiguration: {
      roleArn: roleArn,
      clusterJdbcurl: "jdbc:redshift://dw.example.com:5439/airline",
      dataTableName: "flights",
      ...(passwordInline
        ? { username: "firehose", password: "Correct-Horse-7" }
        : {
            secretsManagerConfiguration: {
              enabled: true,
              secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:f",
            },
          }),
      s3Configuration: { roleArn: roleArn, bucketArn: "arn:aws:s3:::acme-staging" },
      cloudwatchLoggingOptions: { enabled: logged, logGroupName: "/firehose/flights", logStreamName: "redshift" },
    },
  });
}
bad("stream-password", { "firehose-delivery": ["stream"] }, (name) => stream(name, true, true));
bad("stream-silent", { "firehose-delivery": ["stream"] }, (name) => stream(name, false, false));
bad("stream-clear", { "customer-managed-kms": ["stream"] }, (name) => {
  new FirehoseDeliveryStream(name("stream"), {
    destination: "extended_s3",
    extendedS3Configuration: {
      roleArn: roleArn,
      bucketArn: "arn:aws:s3:::acme-staging",
      cloudwatchLoggingOptions: { enabled: true, logGroupName: "/firehose/flights", logStreamName: "s3" },
    },
  });
});

bad("iam-everything", { "iam-least-privilege": ["policy"] }, (name) => {
  new Policy(name("policy"), { policy: allow("*", "*") });
});
bad("iam-every-workflow", { "iam-least-privilege": ["deployer"] }, (name) => {
  new Role(name("deployer"), { assumeRolePolicy: trustGitHub({ aud: "sts.amazonaws.com" }) });
});
bad("iam-every-key", { "iam-least-privilege": ["policy"] }, (name) => {
  new RolePolicy(name("policy"), { role: "loader", policy: allow(["s3:GetObject", "kms:Decrypt"], "*") });
});
bad("iam-anyone", { "iam-least-privilege": ["role"] }, (name) => {
  new Role(name("role"), {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
    }),
  });
});
bad("iam-inline", { "iam-least-privilege": ["role"] }, (name) => {
  new Role(name("role"), {
    assumeRolePolicy: trust("redshift.amazonaws.com"),
    inlinePolicies: [{ name: "copy", policy: allow("*", "*") }],
  });
});
bad("iam-administrator", { "iam-least-privilege": ["attachment"] }, (name) => {
  new RolePolicyAttachment(name("attachment"), {
    role: "loader",
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
});
