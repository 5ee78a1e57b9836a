import { strings } from "../framework/config";
import { copiedTypes, keysOfCopies } from "../framework/copies";
import { matchesAny } from "../framework/names";
import { everyOne, type Node } from "../framework/peek";
import { definePolicy } from "../framework/policy";
import type { Subject } from "../framework/subject";
import { bucketEncryption, buckets } from "../framework/types";

const parameters = {
  allowedKeys: strings(["*"], "Patterns of the key ARNs or ids that may be used, where they are known at preview."),
  exemptTypes: strings([], "Resource types that need no key of their own, e.g. aws:cloudwatch/logGroup:LogGroup."),
};
type Say = (what: string) => void;

/** A key's value must be given and must not name one of AWS's own. One not known yet comes from a resource, so it is given. */
function demandKey(holder: Node | undefined, key: string, allowed: readonly string[], say: Say, where = key): void {
  const seen = holder?.peek(key) ?? { state: "absent" };
  if (seen.state === "unknown") return;
  if (seen.state === "absent" || seen.value === "") say(`${where} is not set`);
  else if (isOwnedByAws(String(seen.value))) say(`${where} is ${seen.value}, a key that AWS manages`);
  else if (!matchesAny(String(seen.value), allowed))
    say(`${where} is ${seen.value}, which is not among the keys allowed`);
}

function isOwnedByAws(key: string): boolean {
  return /(^|:)alias\/aws\//.test(key) || key === "AWS_OWNED_KMS_KEY" || key === "AWS_OWNED_CMK";
}

/** What a rule does by default; the old kind of bucket has it in a list of one. */
function standardOf(rule: Node): Node | undefined {
  const listed = rule.given("applyServerSideEncryptionByDefaults");
  return rule.items(listed ? "applyServerSideEncryptionByDefaults" : "applyServerSideEncryptionByDefault")[0];
}

/** The default encryption of a bucket, inline or in its own resource. */
function demandBucketKey(rules: Node[], allowed: readonly string[], say: Say): void {
  if (rules.length === 0) say("its default encryption has no rule");
  for (const rule of rules) {
    const standard = standardOf(rule);
    const algorithm = standard?.text("sseAlgorithm");
    if (algorithm === undefined || !algorithm.startsWith("aws:kms")) say(`sseAlgorithm is ${algorithm ?? "not set"}`);
    else demandKey(standard, "kmsMasterKeyId", allowed, say);
  }
}

type Bucket = Subject<(typeof buckets)[number]>;

/** Where the two kinds of bucket have encryption inline: an object, or a list of one. */
function inlineKey(bucket: Bucket): "serverSideEncryptionConfiguration" | "serverSideEncryptionConfigurations" {
  return bucket.as("aws:s3/bucketV2:BucketV2")
    ? "serverSideEncryptionConfigurations"
    : "serverSideEncryptionConfiguration";
}

function inlineRules(bucket: Bucket): Node[] {
  return bucket.items(inlineKey(bucket)).flatMap((inline) => inline.items(inline.given("rule") ? "rule" : "rules"));
}

function usesKms(rule: Node): boolean {
  return standardOf(rule)?.text("sseAlgorithm")?.startsWith("aws:kms") ?? false;
}

export const customerManagedKms = definePolicy({
  name: "customer-managed-kms",
  area: "encryption",
  entry: [15, 23, 39, 40, 42, 43, 44],
  description: "Data at rest must be encrypted with a customer-managed KMS key.",
  why: "only a key of your own lets you decide who may decrypt, rotate it, and cut off access",
  mend: "create an aws.kms.Key with rotation and give its ARN to this resource",
  severity: "medium",
  level: "mandatory",
  controls: [
    "SecurityHub RedshiftServerless.4",
    "SecurityHub S3.17",
    "CKV_AWS_282",
    "CKV_AWS_142",
    "CKV_AWS_145",
    "CKV_AWS_149",
    "CKV_AWS_158",
    "CKV_AWS_119",
    "CKV_AWS_241",
  ],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces-rotate-kms-key.html",
  parameters,
  types: [
    "aws:redshiftserverless/namespace:Namespace",
    "aws:redshift/cluster:Cluster",
    "aws:secretsmanager/secret:Secret",
    "pulumi-nodejs:dynamic/redshift:ReaderSecret",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:dynamodb/table:Table",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    ...buckets,
    ...bucketEncryption,
    ...copiedTypes,
  ],
  checks: [
    (resource, { config, violation }) => {
      const simple = resource.as(
        "aws:redshiftserverless/namespace:Namespace",
        "aws:redshift/cluster:Cluster",
        "aws:secretsmanager/secret:Secret",
        "pulumi-nodejs:dynamic/redshift:ReaderSecret",
        "aws:cloudwatch/logGroup:LogGroup",
      );
      if (!simple || config.exemptTypes.includes(simple.type)) return;
      demandKey(simple, "kmsKeyId", config.allowedKeys, violation);
    },
    (resource, { config, violation }) => {
      const namespace = resource.as("aws:redshiftserverless/namespace:Namespace");
      if (!namespace?.flag("manageAdminPassword") || config.exemptTypes.includes(namespace.type)) return;
      demandKey(namespace, "adminPasswordSecretKmsKeyId", config.allowedKeys, violation);
    },
    (resource, { config, violation }) => {
      const cluster = resource.as("aws:redshift/cluster:Cluster");
      if (!cluster?.flag("manageMasterPassword") || config.exemptTypes.includes(cluster.type)) return;
      demandKey(cluster, "masterPasswordSecretKmsKeyId", config.allowedKeys, violation);
    },
    (resource, { config, violation }) => {
      const table = resource.as("aws:dynamodb/table:Table");
      if (!table || config.exemptTypes.includes(table.type)) return;
      const encryption = table.child("serverSideEncryption");
      if (encryption?.flag("enabled") !== true) violation("serverSideEncryption is not enabled");
      else demandKey(encryption, "kmsKeyArn", config.allowedKeys, violation, "serverSideEncryption.kmsKeyArn");
    },
    (resource, { config, violation }) => {
      const stream = resource.as("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
      if (!stream || config.exemptTypes.includes(stream.type)) return;
      // A stream that reads from Kinesis or Kafka is encrypted by its source.
      if (stream.given("kinesisSourceConfiguration") || stream.given("mskSourceConfiguration")) return;
      const encryption = stream.child("serverSideEncryption");
      if (encryption?.flag("enabled") !== true) violation("serverSideEncryption is not enabled");
      else if (encryption.text("keyType") !== "CUSTOMER_MANAGED_CMK") {
        violation(
          `serverSideEncryption.keyType is ${encryption.text("keyType") ?? "not set"}, not CUSTOMER_MANAGED_CMK`,
        );
      } else demandKey(encryption, "keyArn", config.allowedKeys, violation, "serverSideEncryption.keyArn");
    },
    (resource, { config, violation }) => {
      const bucket = resource.as(...buckets);
      if (!bucket?.given(inlineKey(bucket)) || config.exemptTypes.includes(bucket.type)) return;
      const rules = inlineRules(bucket).filter(usesKms);
      if (rules.length > 0) demandBucketKey(rules, config.allowedKeys, violation);
    },
    (resource, { config, violation }) => {
      const encryption = resource.as(...bucketEncryption);
      if (!encryption || buckets.some((type) => config.exemptTypes.includes(type))) return;
      demandBucketKey(encryption.items("rules"), config.allowedKeys, violation);
    },
    (resource, { config, violation }) => {
      if (config.exemptTypes.includes(resource.type)) return;
      everyOne(keysOfCopies(resource), ({ holder, key, where }) => {
        demandKey(holder, key, config.allowedKeys, violation, where);
      });
    },
  ],
  stackTypes: [...buckets],
  stackChecks: [
    (resource, { graph, config, violation }) => {
      const bucket = resource.as(...buckets);
      if (!bucket || config.exemptTypes.includes(bucket.type)) return;
      if (graph.referrers(resource, bucketEncryption, "bucket").length > 0) return;
      // AWS fills in AES256 where the program says nothing; a KMS rule written inline was judged above.
      const key = inlineKey(bucket);
      if (graph.mentioned(resource, key, ["aws:kms/key:Key"]).length > 0) return;
      if (resource.set(key) && inlineRules(bucket).some(usesKms)) return;
      violation("it has no default encryption with a key", {
        mend: "add an aws.s3.BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms and your key",
      });
    },
  ],
});
