import { z } from "zod";
import { whole } from "./numbers";

/**
 * AWS's defaults:
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
 * https://docs.aws.amazon.com/redshift/latest/mgmt/amazon-redshift-limits.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html (with cross-zone balancing
 * 500 targets for all zones together)
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export const quotas = z
  .strictObject({
    interfaceEndpointsPerVpc: whole(1, 100_000)
      .default(50)
      .describe("Interface endpoints of the VPC (L-29B6F2EB), those of AWS services and those of consumers"),
    // AWS says that managed endpoints count, and of the address that a workgroup is made with it says nothing.
    workgroupsCountAsEndpoints: z
      .boolean()
      .default(true)
      .describe("Whether the address that each workgroup is made with counts there too; AWS does not say"),
    workgroups: whole(1, 100_000).default(25).describe("Redshift Serverless workgroups in the Region"),
    namespaces: whole(1, 100_000).default(25).describe("Redshift Serverless namespaces in the Region"),
    targetsPerBalancer: whole(1, 100_000)
      .default(500)
      .describe("Targets of the balancer in all zones (L-B211E961: balancing is across zones)"),
    rulesPerSecurityGroup: whole(1, 1000)
      .default(60)
      .describe("Inbound rules of a security group (L-0EA8095F); each block of `network.clientCidrs` is one"),
  })
  .describe(
    "What AWS allows the account in the Region, less what others use of it. The values are AWS's defaults: correct them where AWS has raised yours, or where others share the VPC or the Region",
  );
