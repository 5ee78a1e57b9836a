import { strings } from "../framework/config";
import { matchesAny } from "../framework/names";
import { definePolicy } from "../framework/policy";
import { isProduction, productionStacks } from "../framework/production";

export const protectStateful = definePolicy({
  name: "protect-stateful",
  area: "governance",
  entry: 47,
  description: "In production a resource that holds data must be protected from deletion.",
  why: "a renamed variable otherwise replaces the warehouse, and its data with it",
  mend: "pass { protect: true } in the resource's options, or in those of the component around it",
  severity: "high",
  level: "mandatory",
  controls: [],
  url: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  parameters: {
    productionStacks,
    types: strings(
      [
        "aws:redshiftserverless/namespace:Namespace",
        "aws:redshift/cluster:Cluster",
        "aws:kms/key:Key",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:dynamodb/table:Table",
      ],
      "Types of the resources that hold data.",
    ),
    exempt: strings(
      // A fleet's consumers read what the producer shares, and come and go with the load.
      ["*redshift-fleet:consumer:Consumer$*"],
      "Patterns of the URNs of resources of these types that hold none of their own.",
    ),
  },
  types: "every",
  checks: [
    (resource, { config, stack, violation }) => {
      if (!isProduction(stack, config.productionStacks) || !config.types.includes(resource.type)) return;
      if (!resource.options.protect && !matchesAny(resource.urn, config.exempt)) violation("protect is not set");
    },
  ],
});
