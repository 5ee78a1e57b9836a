import { definePolicy } from "../framework/policy";
import { isProduction, productionStacks } from "../framework/production";

export const clusterMultiAz = definePolicy({
  name: "cluster-multi-az",
  area: "provisioned",
  entry: 26,
  description: "A production cluster must be Multi-AZ (in other stacks it should at least be relocatable).",
  why: "when its zone fails it is down until somebody restores a snapshot elsewhere",
  mend: "set multiAz to true (RA3 nodes, two or more), or availabilityZoneRelocationEnabled where that is enough",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub Redshift.18"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-18",
  parameters: { productionStacks },
  types: ["aws:redshift/cluster:Cluster"],
  checks: [
    (cluster, { config, stack, violation }) => {
      const multiAz = cluster.flag("multiAz");
      if (multiAz) return;
      const what = `multiAz is ${multiAz ?? "not set, which means false"}`;
      if (isProduction(stack, config.productionStacks)) violation(what);
      else if (!cluster.flag("availabilityZoneRelocationEnabled")) violation(what, { advisory: true });
    },
  ],
});
