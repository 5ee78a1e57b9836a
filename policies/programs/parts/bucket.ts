import {
  Bucket,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from "@pulumi/aws/s3";
import type { Input, ResourceOptions } from "@pulumi/pulumi";
import type { Naming } from "../program";
import { tlsOnly } from "./documents";
import { keyArn } from "./key";

type AccessChanges = Partial<
  Record<"blockPublicAcls" | "blockPublicPolicy" | "ignorePublicAcls" | "restrictPublicBuckets", boolean>
>;

export interface BucketChanges {
  /** Fixed, so that policies on it are known at preview. */
  bucketName: string;
  access?: AccessChanges | false;
  encryption?: { sseAlgorithm: string; kmsMasterKeyId?: string } | false;
  tlsOnly?: false;
  versioning?: string | false;
  options?: ResourceOptions;
}

/** A bucket for files that go into, or come out of, the warehouse. */
export function bucket(name: Naming, changes: BucketChanges, tags?: Record<string, string>) {
  const it = new Bucket(name("bucket"), { bucket: changes.bucketName, tags }, changes.options);
  if (changes.access !== false) closeToPublic(name, it.bucket, changes.access);
  if (changes.encryption !== false) {
    new BucketServerSideEncryptionConfiguration(name("encryption"), {
      bucket: it.bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: changes.encryption ?? { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
        },
      ],
    });
  }
  if (changes.tlsOnly !== false) {
    new BucketPolicy(name("policy"), { bucket: it.bucket, policy: tlsOnly(changes.bucketName) });
  }
  if (changes.versioning !== false) {
    new BucketVersioning(name("versioning"), {
      bucket: it.bucket,
      versioningConfiguration: { status: changes.versioning ?? "Enabled" },
    });
  }
  return it;
}

/** Keeps a bucket from being made public. */
export function closeToPublic(name: Naming, bucketName: Input<string>, changes?: AccessChanges): void {
  new BucketPublicAccessBlock(name("access"), {
    bucket: bucketName,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
    ...changes,
  });
}
