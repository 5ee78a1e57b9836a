import { absent, ref, resource, unknown } from "../testing/fixture";
import { namedLater } from "../testing/named-later";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { bucketPublicAccessBlock } from "./bucket-public-access-block";

testPolicy(
  bucketPublicAccessBlock,
  {
    bucket: resource("aws:s3/bucket:Bucket", { bucket: "unloads" }),
    block: resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
      bucket: ref("bucket"),
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
  },
  [
    violates("none", { block: absent }, /bucket: nothing blocks/),
    violates("that of another bucket", { "block.bucket": "elsewhere" }, /bucket: nothing blocks/),
    violates("an old bucket", { old: resource("aws:s3/bucketV2:BucketV2", {}) }, /old: nothing blocks/),
    violates("three of four", { "block.restrictPublicBuckets": false }, /restrictPublicBuckets of block is not true/),
    violates(
      "two left out, one not known",
      { "block.blockPublicAcls": absent, "block.ignorePublicAcls": absent, "block.blockPublicPolicy": unknown },
      /blockPublicAcls, ignorePublicAcls of block/,
    ),
    undecided("one not known yet", { "block.blockPublicPolicy": unknown }, /block\.blockPublicPolicy/),
    passes("the bucket named in full", { "block.bucket": "unloads" }),
    violates(
      "an old bucket that is named later, beside one that has it",
      {
        suffix: resource("random:index/randomPet:RandomPet", {}),
        old: resource("aws:s3/bucketV2:BucketV2", { bucket: ref("suffix") }),
      },
      /old: nothing blocks/,
    ),
    ...namedLater("bucket.bucket", "block.bucket"),
  ],
);
