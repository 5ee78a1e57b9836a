import { operationsOf } from "../../../aws/handlers";
import type { Operation, Operations } from "../../../aws/service";
import { S3Error } from "../errors";
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
  const operations = operationsOf<typeof import("@aws-sdk/client-s3")>(handlers);
  return Object.fromEntries(Object.entries(operations).map(([name, run]) => [name, unexpired(run)]));
}

/** A presigned URL is good for as many seconds as it says. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html */
function unexpired(run: Operation): Operation {
  return (input, call) => {
    const { query } = call ?? {};
    const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query?.get("X-Amz-Date") ?? "") ?? [];
    const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(Number);
    const expires = Number(query?.get("X-Amz-Expires") ?? Number.NaN);
    const end = Date.UTC(year, month - 1, day, hours, minutes, seconds + expires);
    if (parts.length > 0 && end < Date.now()) {
      throw new S3Error("AccessDenied", "Request has expired", 403, {
        "X-Amz-Expires": String(expires),
        Expires: new Date(end).toISOString(),
        ServerTime: new Date().toISOString(),
      });
    }
    return run(input, call);
  };
}
