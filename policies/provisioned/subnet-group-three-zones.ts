import { integer } from "../framework/config";
import { noteElsewhere } from "../framework/elsewhere";
import { definePolicy } from "../framework/policy";
import { demandZones, subnetsOf } from "../framework/zones";

export const subnetGroupThreeZones = definePolicy({
  name: "subnet-group-three-zones",
  area: "provisioned",
  entry: 26,
  description: "A cluster's subnet group must have subnets in three Availability Zones.",
  why: "a cluster can move, or stand in two zones at once, only where its subnet group lets it",
  mend: "pass subnetIds of at least three subnets, each in another Availability Zone",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub Redshift.16"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-16",
  parameters: { zones: integer(3, "How many Availability Zones the subnets span at least.", 1, 6) },
  types: ["aws:redshift/cluster:Cluster"],
  checks: [
    (cluster, { violation }) => {
      if (!cluster.given("clusterSubnetGroupName")) {
        violation("clusterSubnetGroupName is not set, so the default VPC is used", {
          mend: "set clusterSubnetGroupName to an aws.redshift.SubnetGroup with subnets in three Availability Zones",
        });
      }
    },
  ],
  stackTypes: ["aws:redshift/subnetGroup:SubnetGroup", "aws:redshift/cluster:Cluster"],
  stackChecks: [
    (resource, { graph, config, ...report }) => {
      const group = resource.as("aws:redshift/subnetGroup:SubnetGroup");
      if (group) demandZones(subnetsOf(graph, group, "subnetIds"), "subnetIds", config.zones, report);
    },
    (resource, { graph, ...report }) => {
      const cluster = resource.as("aws:redshift/cluster:Cluster");
      if (!cluster?.set("clusterSubnetGroupName")) return;
      noteElsewhere(graph, cluster, "clusterSubnetGroupName", ["aws:redshift/subnetGroup:SubnetGroup"], report);
    },
  ],
});
