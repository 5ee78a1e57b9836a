import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { vpcFlowLogs } from "./vpc-flow-logs";

testPolicy(
  vpcFlowLogs,
  {
    vpc: resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }),
    log: resource("aws:ec2/flowLog:FlowLog", { vpcId: ref("vpc"), trafficType: "ALL" }),
  },
  [
    violates("no flow log", { log: absent }, /vpc: no flow log/),
    violates("one of another VPC", { "log.vpcId": "vpc-elsewhere" }, /vpc: no flow log/),
    violates("accepted traffic only", { "log.trafficType": "ACCEPT" }, /trafficType is ACCEPT/),
    undecided("a type of traffic not known yet", { "log.trafficType": unknown }, /trafficType/),
    passes("rejected traffic", { "log.trafficType": "REJECT" }),
    passes("accepted and rejected apart", {
      "log.trafficType": "ACCEPT",
      more: resource("aws:ec2/flowLog:FlowLog", { vpcId: ref("vpc"), trafficType: "REJECT" }),
    }),
    passes("a VPC known by its id", { "log.vpcId": "vpc-id" }, { phases: ["deployed"] }),
    passes("no VPC of one's own", { vpc: absent, log: absent }),
  ],
);
