import { PolicyPack } from "@pulumi/policy";
import { catalogue } from "./catalogue";
import { toSdk } from "./framework/sdk";

new PolicyPack("redshift-fleet", {
  displayName: "Amazon Redshift",
  description: "Policies for any program that touches Amazon Redshift, and for what stands around it.",
  provider: "aws",
  tags: ["aws", "redshift", "redshift-serverless"],
  policies: catalogue.map(toSdk),
});
