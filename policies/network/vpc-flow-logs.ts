import { definePolicy } from "../framework/policy";

export const vpcFlowLogs = definePolicy({
  name: "vpc-flow-logs",
  area: "network",
  entry: 7,
  description: "A VPC must have flow logs that record at least rejected traffic.",
  why: "without them nobody can tell afterwards who tried to reach the warehouse",
  mend: "add an aws.ec2.FlowLog with the VPC's id and trafficType ALL or REJECT",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub EC2.6", "CIS-AWS-Foundations-5.0.0 3.7", "CKV2_AWS_11"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6",
  stackTypes: ["aws:ec2/vpc:Vpc"],
  stackChecks: [
    (vpc, { graph, violation }) => {
      const logs = graph.referrers(vpc, ["aws:ec2/flowLog:FlowLog"], "vpcId");
      if (logs.length === 0) return violation("no flow log records its traffic");
      if (logs.every((log) => log.text("trafficType") === "ACCEPT")) {
        violation("its flow log records accepted traffic only (trafficType is ACCEPT)");
      }
    },
  ],
});
