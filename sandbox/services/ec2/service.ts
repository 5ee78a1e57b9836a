import { defineService } from "../service";
import { ec2ReadApi } from "./ec2-read";
import { ec2WriteApi } from "./ec2-write";
import { flowLog } from "./flow-log";
import { functions } from "./functions";
import { Ec2 } from "./network";
import { routeTable, routeTableAssociation } from "./route-table";
import { defaultSecurityGroup, securityGroup } from "./security-group";
import { securityGroupEgressRule, securityGroupIngressRule } from "./security-group-rule";
import { subnet } from "./subnet";
import { vpc } from "./vpc";
import { vpcCidrBlock } from "./vpc-cidr-block";
import { vpcEndpoint } from "./vpc-endpoint";

export const ec2 = defineService({
  name: "ec2",
  open: (context) => new Ec2(context, context.addresses),
  operations: (model, { account }) => ({ ...ec2ReadApi(model, account), ...ec2WriteApi(model, account) }),
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
  functions,
});
