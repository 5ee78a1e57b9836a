import { strings } from "../framework/config";
import { matchesAny } from "../framework/names";
import { definePolicy } from "../framework/policy";

export const clusterNodeTypes = definePolicy({
  name: "cluster-node-types",
  area: "provisioned",
  entry: 30,
  description: "A cluster should use node types that share data and separate storage from compute.",
  why: "older node types cannot take part in datashares and are resized only by copying everything",
  mend: "choose an RA3 node type",
  severity: "low",
  level: "advisory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html",
  parameters: { allowed: strings(["ra3.*"], "Patterns of the node types that may be used.") },
  types: ["aws:redshift/cluster:Cluster"],
  checks: [
    (cluster, { config, violation }) => {
      const type = cluster.text("nodeType");
      if (type !== undefined && !matchesAny(type, config.allowed)) {
        violation(`nodeType is ${type}, not one of ${config.allowed.join(", ")}`);
      }
    },
  ],
});
