import { VpcEndpoint } from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { endpointServiceName } from "./partition";

/** AWS services that warehouses and loaders reach without leaving the VPC, by the last part of the endpoint's name. */
export type InterfaceService = "secretsmanager" | "kms" | "redshift-data" | "logs";

export const defaultServices: readonly InterfaceService[] = ["secretsmanager", "kms", "redshift-data", "logs"];

interface GatewayArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly region: string;
  readonly routeTableId: pulumi.Input<string>;
  readonly tags: Record<string, string>;
}

/** The way to S3, which COPY and UNLOAD take with enhanced VPC routing. Gateway endpoints cost nothing. */
export function createGatewayEndpoint(parent: pulumi.Resource, name: string, args: GatewayArgs): VpcEndpoint {
  return new VpcEndpoint(
    name,
    {
      vpcId: args.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: endpointServiceName(args.region, "s3"),
      routeTableIds: [args.routeTableId],
      tags: args.tags,
    },
    { parent },
  );
}

interface InterfaceArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly region: string;
  readonly services: readonly InterfaceService[];
  readonly subnetIds: pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  readonly tagged: (part: string) => Record<string, string>;
}

/** One interface endpoint for each service, with an address in every subnet. */
export function createInterfaceEndpoints(parent: pulumi.Resource, name: string, args: InterfaceArgs): void {
  for (const service of args.services) {
    new VpcEndpoint(
      `${name}-${service}`,
      {
        vpcId: args.vpcId,
        vpcEndpointType: "Interface",
        serviceName: endpointServiceName(args.region, service),
        privateDnsEnabled: true,
        subnetIds: args.subnetIds,
        securityGroupIds: [args.securityGroupId],
        tags: args.tagged(service),
      },
      { parent },
    );
  }
}
