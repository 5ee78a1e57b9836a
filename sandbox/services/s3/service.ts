import { kms } from "../kms/service";
import { defineService } from "../service";
import { s3Operations } from "./api/operations";
import { S3 } from "./model";
import { s3Types } from "./resources";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ */
export const s3 = defineService({
  name: "s3",
  api: {
    form: "xml",
    // The largest list of parts or of objects to be deleted.
    largestBody: 4 * 1_024 * 1_024,
    async client(config) {
      const sdk = await import("@aws-sdk/client-s3");
      return [sdk, new sdk.S3Client(config).config];
    },
  },
  open: (context): S3 => new S3(context, context.use(kms), context.call),
  operations: (model: S3) => s3Operations(model),
  resources: s3Types,
  resume: (model) => model.resume(),
  close: (model) => model.close(),
});
