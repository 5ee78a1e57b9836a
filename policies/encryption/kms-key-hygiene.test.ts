import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { kmsKeyHygiene } from "./kms-key-hygiene";

const policy = (more: object) =>
  JSON.stringify({ Statement: [{ Sid: "use", Effect: "Allow", Action: "kms:*", Resource: "*", ...more }] });
const root = policy({ Principal: { AWS: "arn:aws:iam::111122223333:root" } });

testPolicy(
  kmsKeyHygiene,
  { key: resource("aws:kms/key:Key", { enableKeyRotation: true, deletionWindowInDays: 30, policy: root }) },
  [
    violates("rotation off", { "key.enableKeyRotation": false }, /key: enableKeyRotation is false/, {
      becomes: { enableKeyRotation: true },
    }),
    violates(
      "rotation left to the default",
      { "key.enableKeyRotation": absent, "key.policy": unknown },
      /not set, which means false/,
    ),
    violates("gone within a week", { "key.deletionWindowInDays": 7 }, /deletionWindowInDays is 7, less than 14/, {
      becomes: { deletionWindowInDays: 14 },
    }),
    violates("open to everyone", { "key.policy": policy({ Principal: "*" }) }, /policy \(use\) allows Principal "\*"/, {
      becomes: false,
    }),
    violates(
      "open by a policy of its own",
      { own: resource("aws:kms/keyPolicy:KeyPolicy", { policy: policy({ Principal: { AWS: "*" } }) }) },
      /own: policy/,
      { becomes: false },
    ),
    violates(
      "a replica open to everyone",
      { copy: resource("aws:kms/replicaKey:ReplicaKey", { policy: policy({ Principal: "*" }) }) },
      /copy: policy \(use\) allows Principal/,
      { becomes: false },
    ),
    violates(
      "a key with imported material, gone within a week",
      { own: resource("aws:kms/externalKey:ExternalKey", { deletionWindowInDays: 7 }) },
      /own: deletionWindowInDays is 7/,
      { becomes: { deletionWindowInDays: 14 } },
    ),
    violates(
      "a replica of one, open to everyone",
      { copy: resource("aws:kms/replicaExternalKey:ReplicaExternalKey", { policy: policy({ Principal: "*" }) }) },
      /copy: policy \(use\) allows Principal/,
      { becomes: false },
    ),
    undecided("rotation not known yet", { "key.enableKeyRotation": unknown }, /enableKeyRotation/),
    undecided("a policy not known yet", { "key.policy": unknown }, /policy/),
    passes("an asymmetric key, which cannot rotate", {
      "key.customerMasterKeySpec": "RSA_4096",
      "key.enableKeyRotation": absent,
    }),
    passes("the default window and policy", { "key.deletionWindowInDays": absent, "key.policy": absent }),
    passes("everyone in this account, through a service", {
      "key.policy": policy({
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "kms:CallerAccount": "111122223333" } },
      }),
    }),
    passes("a shorter window where allowed", { "key.deletionWindowInDays": 7 }, { config: { minimumWindow: 7 } }),
  ],
);
