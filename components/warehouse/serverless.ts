import { EndpointAccess, Namespace, UsageLimit, Workgroup } from "@pulumi/aws/redshiftserverless";
import type * as pulumi from "@pulumi/pulumi";
import { connectionOf } from "../connection";
import { warehouseName } from "../naming/names";
import { transformed } from "../transform";
import { configParameters } from "./config-parameters";
import type { Warehouse, WarehouseArgs } from "./warehouse";
import { WorkgroupParameters } from "./workgroup-parameters";

/**
 * Makes a namespace and its workgroup: private, inside the VPC, encrypted with the fleet's key, the administrator's
 * password never known to anybody but Secrets Manager.
 */
export function createServerless(parent: pulumi.ComponentResource, name: string, args: WarehouseArgs): Warehouse {
  const { settings } = args;
  const physicalName = warehouseName(args.namePrefix, name, [
    settings.database,
    settings.adminUsername,
    settings.generation,
  ]);
  const tags = { ...args.tags, Name: `${args.namePrefix}-${name}` };
  const namespace = new Namespace(
    ...transformed(
      args.transform?.namespace,
      `${name}-namespace`,
      {
        namespaceName: physicalName,
        dbName: settings.database,
        adminUsername: settings.adminUsername,
        manageAdminPassword: true,
        adminPasswordSecretKmsKeyId: args.kmsKeyArn,
        kmsKeyId: args.kmsKeyArn,
        // Empty where there is none, for left out it means "as it is" (Optional and Computed in namespace.go); and with the
        // default role, which AWS changes only together with the whole list (hashicorp/terraform-provider-aws#39268).
        iamRoles: args.iamRoleArns ?? [],
        defaultIamRoleArn: args.iamRoleArns?.[0],
        logExports: ["connectionlog", "useractivitylog", "userlog"],
        tags,
      },
      { parent },
    ),
  );
  const workgroup = new Workgroup(
    ...transformed(
      args.transform?.workgroup,
      `${name}-workgroup`,
      {
        workgroupName: physicalName,
        namespaceName: namespace.namespaceName,
        baseCapacity: settings.baseCapacity,
        maxCapacity: settings.maxCapacity,
        port: settings.port,
        publiclyAccessible: false,
        enhancedVpcRouting: true,
        subnetIds: args.network.warehouseSubnets.map((subnet) => subnet.id),
        securityGroupIds: [args.securityGroupId],
        tags,
      },
      { parent },
    ),
  );
  // Not the workgroup's own argument, which is Optional and Computed: left out, it keeps what is there and never differs
  // (workgroup.go of hashicorp/terraform-provider-aws).
  const parameters = new WorkgroupParameters(
    `${name}-parameters`,
    {
      connection: connectionOf(parent),
      workgroupName: workgroup.workgroupName,
      parameters: configParameters(settings),
    },
    { parent, deletedWith: workgroup },
  );
  // One after the other, as far as the provider does not try again where AWS says that an operation is running: it does
  // for workgroups, and not for usage limits and endpoints (usage_limit.go, endpoint_access.go).
  const usageLimit =
    settings.usageLimit &&
    new UsageLimit(
      ...transformed(
        args.transform?.usageLimit,
        `${name}-usage`,
        {
          resourceArn: workgroup.arn,
          usageType: "serverless-compute",
          amount: settings.usageLimit.rpuHours,
          period: settings.usageLimit.period ?? "monthly",
          breachAction: settings.usageLimit.breachAction ?? "emit-metric",
        },
        { parent, dependsOn: parameters },
      ),
    );
  return {
    physicalName,
    settled: usageLimit ?? parameters,
    target: {
      kind: "serverless",
      name,
      namespaceId: namespace.namespaceId,
      // Whoever logs in finds the parameters set, `require_ssl` among them.
      workgroupName: parameters.workgroupName,
      database: settings.database,
      adminSecretArn: namespace.adminPasswordSecretArn,
      namespace,
    },
    host: firstEndpoint(workgroup, name).apply((endpoint) => endpoint.address),
    port: firstEndpoint(workgroup, name).apply((endpoint) => endpoint.port),
    ipAddresses: workgroup.endpoints.apply((endpoints) =>
      endpoints
        .flatMap((endpoint) => endpoint.vpcEndpoints)
        .flatMap((vpcEndpoint) => vpcEndpoint.networkInterfaces)
        .map((networkInterface) => networkInterface.privateIpAddress),
    ),
    createEndpoint: (childName, place, opts) => {
      const endpoint = new EndpointAccess(
        ...transformed(
          args.transform?.endpoint,
          childName,
          {
            endpointName: place.endpointName,
            workgroupName: workgroup.workgroupName,
            subnetIds: [place.subnetId],
            vpcSecurityGroupIds: [place.securityGroupId],
          },
          { ...opts, parent },
        ),
      );
      return { resource: endpoint, address: onlyAddress(endpoint, childName) };
    },
  };
}

function onlyAddress(endpoint: EndpointAccess, name: string): pulumi.Output<string> {
  return endpoint.vpcEndpoints.apply((vpcEndpoints) => {
    const address = vpcEndpoints[0]?.networkInterfaces[0]?.privateIpAddress;
    if (!address)
      throw new Error(`The managed endpoint ${name} has no network interface yet: refresh the stack and try again.`);
    return address;
  });
}

/** The endpoint that AWS makes with the workgroup; there is exactly one once it is available. */
function firstEndpoint(workgroup: Workgroup, name: string) {
  return workgroup.endpoints.apply((endpoints) => {
    const [endpoint] = endpoints;
    if (!endpoint)
      throw new Error(`The workgroup of ${name} has no endpoint: wait until it is available and refresh the stack.`);
    return endpoint;
  });
}
