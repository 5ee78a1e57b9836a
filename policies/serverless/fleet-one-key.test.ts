import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { fleetOneKey } from "./fleet-one-key";

const namespace = (key: unknown) => resource("aws:redshiftserverless/namespace:Namespace", { kmsKeyId: key });
const alias = (key: unknown) => resource("aws:kms/alias:Alias", { name: "alias/fleet", targetKeyId: key });

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
    violates(
      "an alias of another key, by its name",
      { alias: alias(ref("other")), "two.kmsKeyId": "alias/fleet" },
      /two: kmsKeyId is other, while/,
    ),
    violates(
      "an alias of a key of elsewhere",
      { alias: alias("0f3a7c52"), "two.kmsKeyId": ref("alias", "arn") },
      /two: kmsKeyId is 0f3a7c52, while/,
    ),
    undecided(
      "a key that comes from something else",
      { pet: resource("random:index/randomPet:RandomPet", {}), "two.kmsKeyId": ref("pet") },
      /two: undecided, since kmsKeyId is/,
    ),
    undecided(
      "an alias of a key that comes from something else",
      { alias: alias(unknown), "two.kmsKeyId": "alias/fleet" },
      /two: undecided, since alias\.targetKeyId is/,
    ),
    undecided(
      "an ARN that ends in the name of an alias",
      { alias: alias(ref("key")), "two.kmsKeyId": "arn:aws:kms:us-east-1:1:alias/fleet" },
      /two: undecided, since alias\.arn is/,
    ),
    passes("the ARN of an alias", { alias: alias(ref("key")), "two.kmsKeyId": "alias-arn" }, { phases: ["deployed"] }),
    passes("an alias, by its name", { alias: alias(ref("key")), "two.kmsKeyId": "alias/fleet" }),
    passes("an alias, as an output", { alias: alias(ref("key")), "two.kmsKeyId": ref("alias", "arn") }),
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
