import { integer } from "../framework/config";
import { definePolicy } from "../framework/policy";
import { demandZones, subnetsOf } from "../framework/zones";

export const workgroupThreeZones = definePolicy({
  name: "workgroup-three-zones",
  area: "serverless",
  entry: 13,
  description: "A Redshift Serverless workgroup must be given subnets in three Availability Zones.",
  why: "AWS asks for three, and the workgroup moves to another zone when one fails only if it may",
  mend: "pass subnetIds of at least three subnets, each in another Availability Zone",
  severity: "high",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html",
  parameters: { zones: integer(3, "How many Availability Zones the subnets span at least.", 1, 6) },
  stackTypes: ["aws:redshiftserverless/workgroup:Workgroup"],
  stackChecks: [
    (workgroup, { graph, config, ...report }) => {
      if (!workgroup.set("subnetIds")) return report.violation("subnetIds is not set, so the default VPC is used");
      demandZones(subnetsOf(graph, workgroup, "subnetIds"), "subnetIds", config.zones, report);
    },
  ],
});
