import { absent, changed, recorded, ref, resource, unknown } from "../testing/fixture";
import { namedLater } from "../testing/named-later";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { customerManagedKms } from "./customer-managed-kms";

const kms = (key: unknown) => ({
  applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key },
});
const oldKms = (key: unknown) => ({
  applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms", kmsMasterKeyId: key }],
});
const inline = (key: unknown) => ({ rule: kms(key) });
const secondNamespace = (key: unknown) => resource("aws:redshiftserverless/namespace:Namespace", { kmsKeyId: key });

const there = { bucket: "arn:aws:s3:::there", encryptionConfiguration: { replicaKmsKeyId: "k" } };
const encrypted = { serverSideEncryption: { enabled: true, kmsKeyArn: "k" } };
const bucketInline = {
  serverSideEncryptionConfiguration: inline("k"),
  replicationConfiguration: { rules: [{ destination: { bucket: "arn:aws:s3:::there" } }] },
};
/** Type, a resource with copies in another Region, where the key of a copy stands, and how messages name it. */
const copiedResources: [string, Record<string, unknown>, string, string][] = [
  [
    "aws:dynamodb/table:Table",
    { ...encrypted, replicas: [{ regionName: "eu-west-1", kmsKeyArn: "k" }] },
    "replicas.0.kmsKeyArn",
    "replicas\\[0\\]\\.kmsKeyArn",
  ],
  ["aws:dynamodb/tableReplica:TableReplica", { globalTableArn: "arn:table" }, "kmsKeyArn", "kmsKeyArn"],
  [
    "aws:secretsmanager/secret:Secret",
    { kmsKeyId: "k", replicas: [{ region: "eu-west-1" }] },
    "replicas.0.kmsKeyId",
    "replicas\\[0\\]\\.kmsKeyId",
  ],
  ["aws:redshift/snapshotCopyGrant:SnapshotCopyGrant", { snapshotCopyGrantName: "eu" }, "kmsKeyId", "kmsKeyId"],
  [
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    { rules: [{ destination: there }] },
    "rules.0.destination.encryptionConfiguration.replicaKmsKeyId",
    "rules\\[0\\]\\.destination\\.encryptionConfiguration\\.replicaKmsKeyId",
  ],
  [
    "aws:s3/bucket:Bucket",
    bucketInline,
    "replicationConfiguration.rules.0.destination.replicaKmsKeyId",
    "replicationConfiguration\\.rules\\[0\\]\\.destination\\.replicaKmsKeyId",
  ],
];

testPolicy(
  customerManagedKms,
  {
    key: resource("aws:kms/key:Key", {}),
    namespace: resource("aws:redshiftserverless/namespace:Namespace", {
      namespaceName: "sales",
      kmsKeyId: ref("key", "arn"),
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: ref("key", "arn"),
    }),
    cluster: resource("aws:redshift/cluster:Cluster", {
      kmsKeyId: ref("key", "arn"),
      manageMasterPassword: true,
      masterPasswordSecretKmsKeyId: ref("key", "arn"),
    }),
    secret: resource("aws:secretsmanager/secret:Secret", { kmsKeyId: ref("key", "arn") }),
    reader: recorded("pulumi-nodejs:dynamic/redshift:ReaderSecret", { kmsKeyId: ref("key") }),
    logs: resource("aws:cloudwatch/logGroup:LogGroup", { kmsKeyId: ref("key", "arn") }),
    table: resource("aws:dynamodb/table:Table", {
      serverSideEncryption: { enabled: true, kmsKeyArn: ref("key", "arn") },
    }),
    stream: resource("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: ref("key", "arn") },
    }),
    bucket: resource("aws:s3/bucket:Bucket", { bucket: "sales-data" }),
    encryption: resource("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
      bucket: ref("bucket"),
      rules: [kms(ref("key", "arn"))],
    }),
  },
  [
    violates("a namespace without a key", { "namespace.kmsKeyId": absent }, /namespace: kmsKeyId is not set/),
    violates(
      "a namespace with AWS's key",
      { "namespace.kmsKeyId": "alias/aws/redshift" },
      /alias\/aws\/redshift, a key that AWS/,
    ),
    violates(
      "AWS's key by ARN",
      { "secret.kmsKeyId": "arn:aws:kms:us-east-1:111122223333:alias/aws/secretsmanager" },
      /that AWS manages/,
    ),
    violates("an empty key", { "logs.kmsKeyId": "" }, /logs: kmsKeyId is not set/),
    violates(
      "a managed password under AWS's key",
      { "namespace.adminPasswordSecretKmsKeyId": absent },
      /adminPasswordSecretKmsKeyId/,
    ),
    violates("a cluster without a key", { "cluster.kmsKeyId": absent }, /cluster: kmsKeyId/),
    violates(
      "a cluster's password under AWS's key",
      { "cluster.masterPasswordSecretKmsKeyId": absent },
      /masterPasswordSecretKmsKeyId/,
    ),
    violates("a secret without a key", { "secret.kmsKeyId": absent }, /secret: kmsKeyId/),
    violates("a reader's secret without a key", { "reader.kmsKeyId": "" }, /reader: kmsKeyId/),
    violates(
      "a reader's secret under AWS's key",
      { "reader.kmsKeyId": "alias/aws/secretsmanager" },
      /reader: kmsKeyId/,
    ),
    violates("a log group without a key", { "logs.kmsKeyId": absent }, /logs: kmsKeyId/),
    violates(
      "a table without encryption settings",
      { "table.serverSideEncryption": absent },
      /table: serverSideEncryption is not/,
    ),
    violates(
      "a table with them off",
      { "table.serverSideEncryption.enabled": false },
      /table: serverSideEncryption is not/,
    ),
    violates(
      "a table under AWS's key",
      { "table.serverSideEncryption.kmsKeyArn": absent },
      /serverSideEncryption\.kmsKeyArn is not set/,
    ),
    violates("a stream without encryption", { "stream.serverSideEncryption": absent }, /stream: serverSideEncryption/),
    violates(
      "a stream under AWS's key",
      { "stream.serverSideEncryption.keyType": "AWS_OWNED_CMK" },
      /keyType is AWS_OWNED_CMK/,
    ),
    violates("a stream without the key's ARN", { "stream.serverSideEncryption.keyArn": absent }, /keyArn is not set/),
    violates("a bucket without default encryption", { encryption: absent }, /bucket: it has no default encryption/),
    violates(
      "an old bucket without it",
      { old: resource("aws:s3/bucketV2:BucketV2", {}) },
      /old: it has no default encryption/,
    ),
    violates(
      "AES256 in its own resource",
      { "encryption.rules": [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      /sseAlgorithm is AES256/,
    ),
    violates(
      "AES256 inline",
      {
        encryption: absent,
        "bucket.serverSideEncryptionConfiguration": {
          rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        },
      },
      /no default encryption with a key/,
    ),
    violates(
      "KMS without a key of one's own, inline",
      { encryption: absent, "bucket.serverSideEncryptionConfiguration": inline(undefined) },
      /kmsMasterKeyId is not set/,
    ),
    violates("KMS without a key of one's own", { "encryption.rules": [kms(undefined)] }, /kmsMasterKeyId is not set/),
    violates("an encryption resource without a rule", { "encryption.rules": [] }, /has no rule/),
    violates(
      "a key that is not among those allowed",
      { "namespace.kmsKeyId": "arn:aws:kms:us-east-1:1:key/x" },
      /not among the keys allowed/,
      { config: { allowedKeys: ["arn:aws:kms:*:2:key/*"] } },
    ),
    violates(
      "an unknown elsewhere hides nothing",
      { "table.serverSideEncryption": unknown, other: secondNamespace("alias/aws/redshift") },
      /other: kmsKeyId/,
    ),
    ...copiedResources.flatMap(([type, props, place, says]) => {
      const copy = (key: unknown) => ({
        copy: changed({ copy: resource(type, props) }, { [`copy.${place}`]: key }).copy,
      });
      return [
        violates(`copies of ${type} without a key`, copy(absent), new RegExp(`copy: ${says} is not set`)),
        violates(`copies of ${type} with AWS's key`, copy("alias/aws/x"), new RegExp(`copy: ${says} is alias/aws/x`)),
        passes(`copies of ${type} with a key`, copy(unknown)),
      ];
    }),
    violates(
      "copied snapshots without a grant",
      { copy: resource("aws:redshift/snapshotCopy:SnapshotCopy", { clusterIdentifier: "c" }) },
      /copy: snapshotCopyGrantName is not set/,
    ),
    undecided("copies not known yet", { "secret.replicas": unknown }, /replicas/),
    violates(
      "an old bucket, inline with AWS's key",
      {
        old: resource("aws:s3/bucketV2:BucketV2", {
          serverSideEncryptionConfigurations: [{ rules: [oldKms("alias/aws/s3")] }],
        }),
      },
      /old: kmsMasterKeyId is alias\/aws\/s3/,
    ),
    passes("an old bucket, inline", {
      old: resource("aws:s3/bucketV2:BucketV2", {
        serverSideEncryptionConfigurations: [{ rules: [oldKms(ref("key", "arn"))] }],
      }),
    }),
    undecided(
      "a table whose settings are not known",
      { "table.serverSideEncryption": unknown },
      /serverSideEncryption/,
    ),
    undecided(
      "a bucket algorithm that is not known",
      { "encryption.rules": [{ applyServerSideEncryptionByDefault: { sseAlgorithm: unknown } }] },
      /sseAlgorithm/,
    ),
    passes("a key that is known", { "namespace.kmsKeyId": "arn:aws:kms:us-east-1:111122223333:key/1234" }),
    passes("a key of the same program", { "secret.kmsKeyId": unknown }),
    passes("a key written inline", {
      encryption: absent,
      "bucket.serverSideEncryptionConfiguration": inline(ref("key", "arn")),
    }),
    passes("dual-layer KMS encryption", {
      "encryption.rules": [
        { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms:dsse", kmsMasterKeyId: "k" } },
      ],
    }),
    passes("no managed password", {
      "namespace.manageAdminPassword": absent,
      "namespace.adminPasswordSecretKmsKeyId": absent,
    }),
    passes("a stream that reads from Kinesis", {
      "stream.serverSideEncryption": absent,
      "stream.kinesisSourceConfiguration": {},
    }),
    passes(
      "an exempt type",
      { "logs.kmsKeyId": absent },
      { config: { exemptTypes: ["aws:cloudwatch/logGroup:LogGroup"] } },
    ),
    passes("exempt buckets", { encryption: absent }, { config: { exemptTypes: ["aws:s3/bucket:Bucket"] } }),
    ...namedLater("bucket.bucket", "encryption.bucket"),
  ],
);
