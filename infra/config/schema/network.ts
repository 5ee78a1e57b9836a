import { defaultPort, idleTimeoutSeconds, smallestSubnet } from "@redshift-fleet/redshift/declarations";
import { z } from "zod";
import { seconds } from "./numbers";

const writtenSubnets = z.array(
  z.strictObject({
    az: z.string().describe("Availability Zone by name or by id"),
    cidr: z.string().describe("Addresses, a /23 or larger"),
  }),
);

const networkOfOurOwn = {
  cidr: z.string().default("10.0.0.0/16").describe("Addresses of the VPC, /16 or smaller"),
  azs: z
    .array(z.string())
    .describe(
      "Availability Zones by name or by id (`use1-az1`), three or more, each with one subnet. Default: the first three of the Region that `excludeZoneIds` leaves",
    )
    .optional(),
  subnetPrefix: z
    .number()
    .int()
    .default(smallestSubnet)
    .describe(`Prefix length of the subnets, 16 to ${smallestSubnet}`),
  subnets: writtenSubnets.describe("The subnets written out, in place of `azs` and `subnetPrefix`").optional(),
  warehouseSubnets: writtenSubnets
    .describe(
      "Subnets for warehouses and their endpoints alone, one in each of three or more zones: the way to [a bigger network](operations.md#a-bigger-network) once a fleet is deployed. Default: those of everything else",
    )
    .optional(),
  secondaryCidrs: z
    .array(z.string())
    .default([])
    .describe("Further blocks of the VPC, a /16 to /23 each, for `warehouseSubnets` that find no room in `cidr`"),
  interfaceEndpoints: z
    .array(z.enum(["secretsmanager", "kms", "redshift-data", "logs"]))
    .default(["secretsmanager", "kms", "redshift-data", "logs"])
    .describe("AWS services that are reached without leaving the VPC"),
  flowLogRetentionDays: z
    .literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653])
    .default(90)
    .describe("How long flow logs are kept, in days"),
};

export const network = z
  .strictObject({
    ...networkOfOurOwn,
    existing: z
      .strictObject({
        vpcId: z
          .string()
          .regex(/^vpc-[0-9a-f]{8,17}$/)
          .describe("The VPC, with DNS support and DNS host names on"),
        subnetIds: z
          .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/))
          .describe("One private subnet in each of three or more zones, each a /23 or larger"),
        warehouseSubnetIds: z
          .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/))
          .describe("Likewise, for warehouses and their endpoints alone. Default: those of everything else")
          .optional(),
      })
      .describe("A VPC and subnets that exist, in place of all of the above")
      .optional(),
    // AWS publishes no list of the zones that Redshift Serverless is in. us-east-1 has one that newer services are missing
    // from: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html, RDS Proxy's limitations.
    excludeZoneIds: z
      .array(z.string().regex(/^[a-z0-9]+-az\d+$/))
      .default(["use1-az3"])
      .describe("Zones that Redshift Serverless is not in, by id; no subnet may be there"),
    port: z
      .number()
      .int()
      .default(defaultPort)
      .describe("Port of every warehouse and of the balancer, 5431 to 5455 or 8191 to 8215"),
    requireSsl: z
      .boolean()
      .default(true)
      .describe("Whether connections without TLS are refused; staging and production always refuse them"),
    clientCidrs: z
      .array(z.string())
      .default([])
      .describe("Blocks that may connect besides the clients' security group: offices, peered VPCs"),
  })
  .describe("Where the fleet lives");

export const balancer = z
  .strictObject({
    idleTimeoutSeconds: seconds(idleTimeoutSeconds.shortest, idleTimeoutSeconds.longest)
      .default(idleTimeoutSeconds.longest)
      .describe(
        "How long the balancer keeps a silent connection, in seconds. The endpoints behind it forget one after 350 s whatever stands here: clients need TCP keepalives of 300 s or less",
      ),
    deregistrationDelaySeconds: seconds(0, 3600)
      .default(30)
      .describe("How long connections to a leaving consumer may go on, in seconds"),
    healthCheckIntervalSeconds: seconds(5, 300).default(30).describe("How often each target is probed, in seconds"),
    healthyWithinSeconds: seconds(60, 3600)
      .default(900)
      .describe(
        "How long new consumers may take until the balancer finds them healthy, in seconds; after that the update fails and the old ones stay",
      ),
  })
  .describe("The readers' address");
