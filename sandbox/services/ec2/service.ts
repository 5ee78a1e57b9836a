import { defineService } from "../service";
import { withDryRun } from "./dry-run";
import { flowLog, flowLogOperations } from "./flow-log";
import { Ec2 } from "./network";
import { interfaceOperations } from "./network-interface";
import { routeTable, routeTableAssociation, routeTableOperations } from "./route-table";
import { defaultSecurityGroup, groupFunctions, groupOperations, securityGroup } from "./security-group";
import { ruleOperations, securityGroupEgressRule, securityGroupIngressRule } from "./security-group-rule";
import { subnet, subnetFunctions, subnetOperations } from "./subnet";
import { tagOperations } from "./tags";
import { vpc, vpcCidrBlock, vpcFunctions, vpcOperations } from "./vpc";
import { endpointFunctions, endpointOperations, vpcEndpoint } from "./vpc-endpoint";
import { zoneFunctions } from "./zones";

/** Networks: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
export const ec2 = defineService({
  name: "ec2",
  api: {
    form: "xml",
    async client(config) {
      const sdk = await import("@aws-sdk/client-ec2");
      return [sdk, new sdk.EC2Client(config).config];
    },
    constraints: () => import("./constraints.json"),
  },
  open: (context) => new Ec2(context, context.addresses),
  operations: (model, context) =>
    withDryRun({
      ...vpcOperations(model, context.account),
      ...subnetOperations(model, context.account),
      ...routeTableOperations(model, context.account),
      ...groupOperations(model, context.account),
      ...ruleOperations(model, context.account),
      ...interfaceOperations(model, context.account),
      ...endpointOperations(model, context.account),
      ...flowLogOperations(model),
      ...tagOperations(context),
    }),
  resources: [
    vpc,
    vpcCidrBlock,
    subnet,
    routeTable,
    routeTableAssociation,
    securityGroup,
    defaultSecurityGroup,
    securityGroupIngressRule,
    securityGroupEgressRule,
    vpcEndpoint,
    flowLog,
  ],
  functions: { ...zoneFunctions, ...vpcFunctions, ...subnetFunctions, ...groupFunctions, ...endpointFunctions },
});
