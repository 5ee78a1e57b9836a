import type { JsonObject } from "../../../aws/json";
import type { NotificationTargets } from "./ports";

/** An operation of another service. */
export type CallService = (service: string, operation: string, input: JsonObject) => Promise<JsonObject>;

/** Targets by the operations of their services, which S3 itself calls on AWS. */
export function targetsOver(call: CallService): NotificationTargets {
  return {
    async send({ kind, arn }, message) {
      const body = JSON.stringify(message);
      if (kind === "queue") {
        const [QueueName = "", QueueOwnerAWSAccountId = ""] = arn.split(":").slice(4).reverse();
        const { QueueUrl = "" } = await call("sqs", "GetQueueUrl", { QueueName, QueueOwnerAWSAccountId });
        await call("sqs", "SendMessage", { QueueUrl, MessageBody: body });
      } else if (kind === "topic") {
        await call("sns", "Publish", { TopicArn: arn, Message: body, Subject: "Amazon S3 Notification" });
      } else {
        await call("lambda", "Invoke", { FunctionName: arn, InvocationType: "Event", Payload: body });
      }
    },
    async putEvent({ source, detailType, resources, time, detail }) {
      const entry = { Source: source, DetailType: detailType, Resources: resources, Time: time.toISOString() };
      await call("events", "PutEvents", { Entries: [{ ...entry, Detail: JSON.stringify(detail) }] });
    },
  };
}
