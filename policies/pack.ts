// Before anything that loads the SDK; compiled into the package, which stands alone.
import "../scripts/quick-load/index.cjs";

import { PolicyPack } from "@pulumi/policy";
import { catalogue } from "./catalogue";
import { decodeOnce } from "./framework/decode-once";
import { toSdk } from "./framework/sdk";

decodeOnce();
new PolicyPack("redshift-fleet", {
  displayName: "Amazon Redshift",
  description: "Policies for any program that touches Amazon Redshift, and for what stands around it.",
  provider: "aws",
  tags: ["aws", "redshift", "redshift-serverless"],
  policies: catalogue.map(toSdk),
});
