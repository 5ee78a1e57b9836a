import { defineService } from "../service";
import { sqsOperations } from "./operations";
import { documents, functions, queue } from "./queue";
import { Queues } from "./queues";

/** Simple Queue Service: standard queues, and really queues. */
export const sqs = defineService({
  name: "sqs",
  api: {
    form: "json",
    target: "AmazonSQS",
    // A message of 1 MiB whose characters are all escaped, six bytes each, and what is around it.
    largestBody: 8 * 1_024 * 1_024,
    async client(config) {
      const sdk = await import("@aws-sdk/client-sqs");
      return [sdk, new sdk.SQSClient(config).config];
    },
  },
  open: (context) => new Queues(context),
  operations: sqsOperations,
  resources: [queue, ...documents],
  functions,
  close: (queues) => queues.close(),
});
