import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { fleetOneKey } from "./fleet-one-key";

const namespace = (key: unknown) => resource("aws:redshiftserverless/namespace:Namespace", { kmsKeyId: key });

testPolicy(
  fleetOneKey,
  {
    key: resource("aws:kms/key:Key", {}),
    other: resource("aws:kms/key:Key", {}),
    producer: namespace(ref("key", "arn")),
    one: namespace(ref("key", "arn")),
    two: namespace(ref("key", "arn")),
  },
  [
    violates(
      "another key of the stack",
      { "two.kmsKeyId": ref("other", "arn") },
      /two: kmsKeyId is other, while most of the fleet uses key/,
    ),
    violates(
      "a key given as text",
      { "two.kmsKeyId": "arn:aws:kms:us-east-1:1:key/x" },
      /two: kmsKeyId is arn:aws:kms/,
    ),
    violates(
      "beside one not known",
      { "one.kmsKeyId": unknown, "two.kmsKeyId": "arn:x", three: namespace(ref("key", "arn")) },
      /two: kmsKeyId is arn:x/,
      { phases: ["deployed"] },
    ),
    undecided(
      "a key that comes from something else",
      { alias: resource("aws:kms/alias:Alias", {}), "two.kmsKeyId": ref("alias", "targetKeyArn") },
      /kmsKeyId/,
    ),
    passes("a key not known and not from this program", { "two.kmsKeyId": unknown }, { phases: ["preview", "sparse"] }),
    passes("the only one with a key", { one: absent, two: absent }),
    passes("one without a key is another policy's matter", { "two.kmsKeyId": absent }),
    passes("one that is exempt", { "two.kmsKeyId": ref("other", "arn") }, { config: { exempt: ["tw*"] } }),
    passes("two under the same text", {
      producer: namespace("arn:x"),
      one: namespace("arn:x"),
      two: namespace("arn:x"),
    }),
  ],
);
