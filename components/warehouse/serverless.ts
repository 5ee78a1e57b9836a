import { Namespace, UsageLimit, Workgroup } from "@pulumi/aws/redshiftserverless";
import type * as pulumi from "@pulumi/pulumi";
import { warehouseName } from "../naming/names";
import type { FleetNetwork } from "../network";
import type { WarehouseTarget } from "../warehouse-target";
import { configParameters } from "./config-parameters";
import type { CompleteSettings } from "./settings";

/** What a warehouse is placed in and protected with, whatever it is for. */
export interface WarehousePlace {
  /** Start of the names of cloud resources, unique in account and Region: `<project>-<stack>`. */
  readonly namePrefix: string;
  readonly network: Pick<FleetNetwork, "subnets" | "securityGroups">;
  /** ARN of the key that encrypts data and passwords. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Put on everything that takes tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

interface ServerlessArgs extends WarehousePlace {
  readonly settings: CompleteSettings;
  readonly securityGroupId: pulumi.Input<string>;
  readonly iamRoleArns?: pulumi.Input<string>[];
}

/** A namespace and its workgroup, and how to reach them. */
export interface ServerlessWarehouse {
  readonly namespace: Namespace;
  readonly workgroup: Workgroup;
  /** The name of both in AWS; known at preview. */
  readonly physicalName: string;
  readonly target: WarehouseTarget;
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
}

/**
 * Makes a namespace and its workgroup: private, inside the VPC, encrypted with the fleet's key, the administrator's
 * password never known to anybody but Secrets Manager.
 */
export function createServerless(parent: pulumi.Resource, name: string, args: ServerlessArgs): ServerlessWarehouse {
  const { settings } = args;
  const physicalName = warehouseName(args.namePrefix, name, [
    settings.database,
    settings.adminUsername,
    settings.generation,
  ]);
  const tags = { ...args.tags, Name: `${args.namePrefix}-${name}` };
  const namespace = new Namespace(
    `${name}-namespace`,
    {
      namespaceName: physicalName,
      dbName: settings.database,
      adminUsername: settings.adminUsername,
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: args.kmsKeyArn,
      kmsKeyId: args.kmsKeyArn,
      iamRoles: args.iamRoleArns ?? [],
      defaultIamRoleArn: args.iamRoleArns?.[0],
      logExports: ["connectionlog", "useractivitylog", "userlog"],
      tags,
    },
    { parent },
  );
  const workgroup = new Workgroup(
    `${name}-workgroup`,
    {
      workgroupName: physicalName,
      namespaceName: namespace.namespaceName,
      baseCapacity: settings.baseCapacity,
      maxCapacity: settings.maxCapacity,
      port: settings.port,
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      subnetIds: args.network.subnets.map((subnet) => subnet.id),
      securityGroupIds: [args.securityGroupId],
      configParameters: configParameters(settings),
      tags,
    },
    { parent },
  );
  if (settings.usageLimit)
    new UsageLimit(
      `${name}-usage`,
      {
        resourceArn: workgroup.arn,
        usageType: "serverless-compute",
        amount: settings.usageLimit.rpuHours,
        period: settings.usageLimit.period ?? "monthly",
        breachAction: settings.usageLimit.breachAction ?? "emit-metric",
      },
      { parent },
    );
  return {
    namespace,
    workgroup,
    physicalName,
    target: {
      name,
      namespaceId: namespace.namespaceId,
      workgroupName: workgroup.workgroupName,
      database: settings.database,
      adminSecretArn: namespace.adminPasswordSecretArn,
      namespace,
    },
    host: firstEndpoint(workgroup).apply((endpoint) => endpoint.address),
    port: firstEndpoint(workgroup).apply((endpoint) => endpoint.port),
  };
}

/** The endpoint that AWS makes with the workgroup; there is exactly one once it is available. */
function firstEndpoint(workgroup: Workgroup) {
  return workgroup.endpoints.apply((endpoints) => {
    const [endpoint] = endpoints;
    if (!endpoint) throw new Error("The workgroup has no endpoint: wait until it is available and refresh the stack.");
    return endpoint;
  });
}
