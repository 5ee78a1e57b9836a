import { createHash } from "node:crypto";
import type { JsonObject } from "../../../aws/json";
import type { ObjectEvent } from "../storage/records";
import type { BusEvent } from "./ports";

/** The bucket that messages are about. */
export interface Sender {
  region: string;
  accountId: string;
  /** The bucket's ARN. */
  arn: string;
}

/**
 * A key as it stands in messages: encoded as a form, a space as `+`, slashes left alone.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function encodedKey(key: string): string {
  return new URLSearchParams([["", key]]).toString().slice(1).replaceAll("%2F", "/");
}

/**
 * One record of a message to a queue, a topic or a function. The page above shows version 2.1, newer texts of it up to 2.6,
 * in which nothing of this differs.
 * @param configurationId of the entry that asked for it
 */
export function recordOf(event: ObjectEvent, { region, accountId, arn }: Sender, configurationId: string): JsonObject {
  const { name, bucket, key, size, etag, versionId, sequencer, time } = event;
  const object: JsonObject = { key: encodedKey(key), sequencer };
  if (size !== undefined) object.size = size;
  if (etag !== undefined) object.eTag = etag;
  if (versionId !== undefined) object.versionId = versionId;
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: region,
    eventTime: new Date(time).toISOString(),
    eventName: name,
    userIdentity: { principalId: `AWS:${accountId}` },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: { "x-amz-request-id": requestIdOf(event), "x-amz-id-2": requestIdOf(event) },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId,
      bucket: { name: bucket, ownerIdentity: { principalId: accountId }, arn },
      object,
    },
  };
}

/** What S3 sends to a target when it is configured. */
export function testEvent(bucket: string, requestId: string): JsonObject {
  return {
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Time: new Date().toISOString(),
    Bucket: bucket,
    RequestId: requestId,
    HostId: requestId,
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html: the type, and the operation that was the reason */
const busTypes: Readonly<Record<ObjectEvent["name"], readonly [detailType: string, reason?: string]>> = {
  "ObjectCreated:Put": ["Object Created", "PutObject"],
  "ObjectCreated:Post": ["Object Created", "POST Object"],
  "ObjectCreated:Copy": ["Object Created", "CopyObject"],
  "ObjectCreated:CompleteMultipartUpload": ["Object Created", "CompleteMultipartUpload"],
  "ObjectRemoved:Delete": ["Object Deleted", "DeleteObject"],
  "ObjectRemoved:DeleteMarkerCreated": ["Object Deleted", "DeleteObject"],
  "ObjectTagging:Put": ["Object Tags Added"],
  "ObjectTagging:Delete": ["Object Tags Deleted"],
};

/** EventBridge's form, where keys are as they are. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export function busEventOf(event: ObjectEvent, { accountId, arn }: Sender): BusEvent {
  const { name, bucket, key, size, etag, versionId, sequencer, time } = event;
  const [detailType, reason] = busTypes[name];
  const object: JsonObject = { key, sequencer };
  if (size !== undefined) object.size = size;
  if (etag !== undefined) object.etag = etag;
  if (versionId !== undefined) object["version-id"] = versionId;
  const detail: JsonObject = {
    version: "0",
    bucket: { name: bucket },
    object,
    "request-id": requestIdOf(event),
    requester: accountId,
    "source-ip-address": "127.0.0.1",
  };
  if (reason !== undefined) detail.reason = reason;
  if (detailType === "Object Deleted") {
    detail["deletion-type"] = name.endsWith("MarkerCreated") ? "Delete Marker Created" : "Permanently Deleted";
  }
  return { source: "aws.s3", detailType, resources: [arn], time: new Date(time), detail };
}

/** The same in every message about one event. */
function requestIdOf({ bucket, key, sequencer }: ObjectEvent): string {
  return createHash("sha256").update(`${bucket}/${key}/${sequencer}`).digest("hex").slice(0, 16).toUpperCase();
}
