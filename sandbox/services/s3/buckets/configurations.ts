import type {
  AccelerateConfiguration,
  BucketLifecycleConfiguration,
  BucketLoggingStatus,
  CORSConfiguration,
  NotificationConfiguration,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  ReplicationConfiguration,
  RequestPaymentConfiguration,
  ServerSideEncryptionConfiguration,
  VersioningConfiguration,
  WebsiteConfiguration,
} from "@aws-sdk/client-s3";
import { S3Error } from "../errors";

/** What is configured of a bucket, each in the shape of S3's API. */
export interface Configurations {
  accelerate: AccelerateConfiguration;
  cors: CORSConfiguration;
  encryption: ServerSideEncryptionConfiguration;
  lifecycle: BucketLifecycleConfiguration & { TransitionDefaultMinimumObjectSize?: string };
  logging: BucketLoggingStatus;
  notification: NotificationConfiguration;
  ownership: OwnershipControls;
  policy: { Policy: string };
  publicAccess: PublicAccessBlockConfiguration;
  replication: ReplicationConfiguration;
  requestPayment: RequestPaymentConfiguration;
  versioning: VersioningConfiguration;
  website: WebsiteConfiguration;
}

export type Kind = keyof Configurations;

/** What a bucket has that nobody has configured; kinds that are not here it has not. */
export const standard: Partial<Configurations> = {
  accelerate: {},
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
  encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }] },
  logging: {},
  notification: {},
  requestPayment: { Payer: "BucketOwner" },
  versioning: {},
};

/**
 * What new buckets begin with; these can be removed, unlike the above.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
export const initial: Partial<Configurations> = {
  ownership: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
  publicAccess: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
};

/** How S3 says that a bucket has no such configuration. The last five codes are those that hashicorp/terraform-provider-aws, internal/service/s3/errors.go, knows. */
const absent: Partial<Record<Kind, readonly [code: string, message: string]>> = {
  cors: ["NoSuchCORSConfiguration", "The CORS configuration does not exist"],
  lifecycle: ["NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"],
  policy: ["NoSuchBucketPolicy", "The bucket policy does not exist"],
  website: ["NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"],
  ownership: ["OwnershipControlsNotFoundError", "The bucket ownership controls were not found"],
  publicAccess: ["NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"],
  replication: ["ReplicationConfigurationNotFoundError", "The replication configuration was not found"],
};

export function notConfigured(kind: Kind, bucket: string): S3Error {
  const [code, message] = absent[kind] ?? ["NoSuchConfiguration", "The specified configuration does not exist."];
  return new S3Error(code, message, 404, { BucketName: bucket });
}
