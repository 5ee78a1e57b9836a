import { operationsOf } from "../../../aws/handlers";
import type { Operations } from "../../../aws/service";
import { bucketOperations } from "./buckets";
import { configurationOperations } from "./configurations";
import { copyOperations } from "./copies";
import { listOperations } from "./lists";
import { notificationOperations } from "./notifications";
import { objectOperations } from "./objects";
import { taggingOperations } from "./tagging";
import type { S3Handlers, S3Model } from "./types";
import { uploadOperations } from "./uploads";

/** What S3 can be asked for. */
export function s3Operations(model: S3Model): Operations {
  const handlers: S3Handlers = {
    ...bucketOperations(model),
    ...configurationOperations(model),
    ...copyOperations(model),
    ...listOperations(model),
    ...notificationOperations(model),
    ...objectOperations(model),
    ...taggingOperations(model),
    ...uploadOperations(model),
  };
  return operationsOf<typeof import("@aws-sdk/client-s3")>(handlers);
}
