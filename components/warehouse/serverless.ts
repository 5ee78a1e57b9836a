import { Namespace, UsageLimit, Workgroup } from "@pulumi/aws/redshiftserverless";
import type * as pulumi from "@pulumi/pulumi";
import { connectionOf } from "../connection";
import { warehouseName } from "../naming/names";
import type { FleetNetwork } from "../network";
import type { WarehouseTarget } from "../warehouse-target";
import { configParameters } from "./config-parameters";
import type { CompleteSettings } from "./settings";
import { WorkgroupParameters } from "./workgroup-parameters";

/** What a warehouse is placed in and protected with, whatever it is for. */
export interface WarehousePlace {
  /** Start of the names of cloud resources, unique in account and Region: `<project>-<stack>`. */
  readonly namePrefix: string;
  readonly network: Pick<FleetNetwork, "warehouseSubnets" | "securityGroups">;
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
  /** After it the next operation on the workgroup may begin. */
  readonly settled: pulumi.Resource;
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
export function createServerless(
  parent: pulumi.ComponentResource,
  name: string,
  args: ServerlessArgs,
): ServerlessWarehouse {
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
      // Empty where there is none, for left out it means "as it is" (Optional and Computed in namespace.go); and with the
      // default role, which AWS changes only together with the whole list (hashicorp/terraform-provider-aws#39268).
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
      subnetIds: args.network.warehouseSubnets.map((subnet) => subnet.id),
      securityGroupIds: [args.securityGroupId],
      tags,
    },
    { parent },
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
      `${name}-usage`,
      {
        resourceArn: workgroup.arn,
        usageType: "serverless-compute",
        amount: settings.usageLimit.rpuHours,
        period: settings.usageLimit.period ?? "monthly",
        breachAction: settings.usageLimit.breachAction ?? "emit-metric",
      },
      { parent, dependsOn: parameters },
    );
  return {
    namespace,
    workgroup,
    settled: usageLimit ?? parameters,
    physicalName,
    target: {
      name,
      namespaceId: namespace.namespaceId,
      // Whoever logs in finds the parameters set, `require_ssl` among them.
      workgroupName: parameters.workgroupName,
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
