import { randomBytes } from "node:crypto";
import { AwsError } from "../../../aws/errors";
import { S3Error } from "../errors";
import { checkEntries, entriesOf, named } from "../notifications/configuration";
import { testEvent } from "../notifications/messages";
import type { S3Handlers, S3Model } from "./types";

/** Who is told of what happens in a bucket. */
export function notificationOperations({ buckets, targets }: S3Model) {
  return {
    async PutBucketNotificationConfiguration(input) {
      const { Bucket = "", NotificationConfiguration = {}, SkipDestinationValidation = false } = input;
      buckets.get(Bucket);
      const configuration = named(NotificationConfiguration);
      const entries = entriesOf(configuration);
      checkEntries(entries);
      const requestId = randomBytes(8).toString("hex").toUpperCase();
      const refused: Record<string, string> = {};
      for (const entry of SkipDestinationValidation ? [] : entries) {
        try {
          await targets.send(entry, testEvent(Bucket, requestId));
        } catch (error) {
          // A service that the sandbox has not is nobody's fault.
          if (error instanceof AwsError && error.code === "NotImplemented") continue;
          const number = Object.keys(refused).length / 2 + 1;
          refused[`ArgumentName${number}`] = entry.arn;
          refused[`ArgumentValue${number}`] = (error as Error).message;
        }
      }
      if (Object.keys(refused).length > 0) {
        const message = "Unable to validate the following destination configurations";
        throw new S3Error("InvalidArgument", message, 400, refused);
      }
      buckets.configure(Bucket, "notification", configuration);
      return {};
    },
    GetBucketNotificationConfiguration: ({ Bucket = "" }) => buckets.configuration(Bucket, "notification"),
  } satisfies S3Handlers;
}
