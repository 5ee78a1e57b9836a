import { S3Error } from "../errors";
import { malformedXml } from "./objects";
import { checkBucketPolicy, isPublic } from "./policies";
import type { S3Handlers, S3Model } from "./types";

/** What is configured of buckets: kept and shown as it was given. */
export function configurationOperations({ buckets }: S3Model) {
  return {
    PutBucketVersioning({ Bucket = "", VersioningConfiguration = {}, MFA }) {
      const { Status } = VersioningConfiguration;
      if (Status !== "Enabled" && Status !== "Suspended") {
        const message = "The Versioning element must be specified";
        throw new S3Error("IllegalVersioningConfigurationException", message, 400);
      }
      if (MFA !== undefined) throw new S3Error("NotImplemented", "The sandbox has no MFA delete.", 501);
      buckets.configure(Bucket, "versioning", VersioningConfiguration);
      return {};
    },
    GetBucketVersioning: ({ Bucket = "" }) => buckets.configuration(Bucket, "versioning"),

    PutBucketPolicy({ Bucket = "", Policy = "" }) {
      const { arn } = buckets.get(Bucket);
      checkBucketPolicy(Policy, arn);
      if (isPublic(Policy) && buckets.find(Bucket, "publicAccess")?.BlockPublicPolicy) {
        const why = "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access";
        throw new S3Error(
          "AccessDenied",
          `User is not authorized to perform: s3:PutBucketPolicy on ${arn} ${why}.`,
          403,
        );
      }
      buckets.configure(Bucket, "policy", { Policy });
      return {};
    },
    GetBucketPolicy: ({ Bucket = "" }) => buckets.configuration(Bucket, "policy"),
    DeleteBucketPolicy({ Bucket = "" }) {
      buckets.clear(Bucket, "policy");
      return {};
    },
    GetBucketPolicyStatus({ Bucket = "" }) {
      return { PolicyStatus: { IsPublic: isPublic(buckets.configuration(Bucket, "policy").Policy) } };
    },

    PutPublicAccessBlock({ Bucket = "", PublicAccessBlockConfiguration: given = {} }) {
      const { BlockPublicAcls = false, IgnorePublicAcls = false } = given;
      const { BlockPublicPolicy = false, RestrictPublicBuckets = false } = given;
      const all = { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets };
      buckets.configure(Bucket, "publicAccess", all);
      return {};
    },
    GetPublicAccessBlock({ Bucket = "" }) {
      return { PublicAccessBlockConfiguration: buckets.configuration(Bucket, "publicAccess") };
    },
    DeletePublicAccessBlock({ Bucket = "" }) {
      buckets.clear(Bucket, "publicAccess");
      return {};
    },

    PutBucketEncryption({ Bucket = "", ServerSideEncryptionConfiguration }) {
      const { Rules = [] } = ServerSideEncryptionConfiguration ?? {};
      if (Rules.length !== 1) throw malformedXml();
      buckets.configure(Bucket, "encryption", { Rules });
      return {};
    },
    GetBucketEncryption({ Bucket = "" }) {
      return { ServerSideEncryptionConfiguration: buckets.configuration(Bucket, "encryption") };
    },
    DeleteBucketEncryption({ Bucket = "" }) {
      buckets.clear(Bucket, "encryption");
      return {};
    },

    PutBucketOwnershipControls({ Bucket = "", OwnershipControls = { Rules: [] } }) {
      buckets.configure(Bucket, "ownership", OwnershipControls);
      return {};
    },
    GetBucketOwnershipControls: ({ Bucket = "" }) => ({
      OwnershipControls: buckets.configuration(Bucket, "ownership"),
    }),
    DeleteBucketOwnershipControls({ Bucket = "" }) {
      buckets.clear(Bucket, "ownership");
      return {};
    },

    PutBucketLogging({ Bucket = "", BucketLoggingStatus = {} }) {
      const target = BucketLoggingStatus.LoggingEnabled?.TargetBucket;
      if (target !== undefined && !buckets.has(target)) {
        const message = "The target bucket for logging does not exist";
        throw new S3Error("InvalidTargetBucketForLogging", message, 400, { TargetBucket: target });
      }
      buckets.configure(Bucket, "logging", BucketLoggingStatus);
      return {};
    },
    GetBucketLogging: ({ Bucket = "" }) => buckets.configuration(Bucket, "logging"),

    PutBucketLifecycleConfiguration({ Bucket = "", LifecycleConfiguration, TransitionDefaultMinimumObjectSize: size }) {
      const { Rules = [] } = LifecycleConfiguration ?? {};
      if (Rules.length === 0 || Rules.length > 1_000) throw malformedXml();
      const ids = Rules.flatMap(({ ID }) => ID ?? []);
      if (new Set(ids).size < ids.length) {
        throw new S3Error("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule", 400);
      }
      const named = Rules.map((rule, index) => ({ ...rule, ID: rule.ID ?? `rule-${index + 1}` }));
      const minimum = size ?? "all_storage_classes_128K";
      buckets.configure(Bucket, "lifecycle", { Rules: named, TransitionDefaultMinimumObjectSize: minimum });
      return { TransitionDefaultMinimumObjectSize: minimum };
    },
    GetBucketLifecycleConfiguration: ({ Bucket = "" }) => buckets.configuration(Bucket, "lifecycle"),
    DeleteBucketLifecycle({ Bucket = "" }) {
      buckets.clear(Bucket, "lifecycle");
      return {};
    },

    PutBucketCors({ Bucket = "", CORSConfiguration = { CORSRules: [] } }) {
      buckets.configure(Bucket, "cors", CORSConfiguration);
      return {};
    },
    GetBucketCors: ({ Bucket = "" }) => buckets.configuration(Bucket, "cors"),
    DeleteBucketCors({ Bucket = "" }) {
      buckets.clear(Bucket, "cors");
      return {};
    },

    PutBucketRequestPayment({ Bucket = "", RequestPaymentConfiguration = { Payer: "BucketOwner" } }) {
      buckets.configure(Bucket, "requestPayment", RequestPaymentConfiguration);
      return {};
    },
    GetBucketRequestPayment: ({ Bucket = "" }) => buckets.configuration(Bucket, "requestPayment"),

    GetBucketAccelerateConfiguration: ({ Bucket = "" }) => buckets.configuration(Bucket, "accelerate"),
    GetBucketWebsite: ({ Bucket = "" }) => buckets.configuration(Bucket, "website"),
    GetBucketReplication: ({ Bucket = "" }) => ({
      ReplicationConfiguration: buckets.configuration(Bucket, "replication"),
    }),
    GetObjectLockConfiguration({ Bucket = "" }) {
      buckets.get(Bucket);
      const message = "Object Lock configuration does not exist for this bucket";
      throw new S3Error("ObjectLockConfigurationNotFoundError", message, 404, { BucketName: Bucket });
    },
  } satisfies S3Handlers;
}
