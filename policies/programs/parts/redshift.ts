import { Cluster, type ClusterArgs, Logging, ParameterGroup } from "@pulumi/aws/redshift";
import {
  Namespace,
  type NamespaceArgs,
  UsageLimit,
  Workgroup,
  type WorkgroupArgs,
} from "@pulumi/aws/redshiftserverless";
import type { Input, ResourceOptions } from "@pulumi/pulumi";
import type { Naming } from "../program";
import { keyArn } from "./key";

export interface WarehouseChanges {
  namespace?: Partial<NamespaceArgs>;
  namespaceOptions?: ResourceOptions;
  workgroup?: Partial<WorkgroupArgs>;
  workgroupOptions?: ResourceOptions;
  usageLimit?: false;
}

/** A Redshift Serverless warehouse. */
export function warehouse(name: Naming, subnetIds: Input<string>[], changes: WarehouseChanges = {}) {
  const namespace = new Namespace(
    name("namespace"),
    {
      namespaceName: name("ns"),
      adminUsername: "operator",
      dbName: "airline",
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: keyArn,
      kmsKeyId: keyArn,
      logExports: ["userlog", "connectionlog", "useractivitylog"],
      ...changes.namespace,
    },
    changes.namespaceOptions,
  );
  const workgroup = new Workgroup(
    name("workgroup"),
    {
      namespaceName: namespace.namespaceName,
      workgroupName: name("wg"),
      baseCapacity: 32,
      maxCapacity: 128,
      enhancedVpcRouting: true,
      publiclyAccessible: false,
      subnetIds,
      configParameters: [{ parameterKey: "require_ssl", parameterValue: "true" }],
      ...changes.workgroup,
    },
    changes.workgroupOptions,
  );
  if (changes.usageLimit !== false) {
    new UsageLimit(name("limit"), { resourceArn: workgroup.arn, usageType: "serverless-compute", amount: 2000 });
  }
  return { namespace, workgroup };
}

export interface ClusterChanges {
  cluster?: Partial<ClusterArgs>;
  options?: ResourceOptions;
  parameters?: { name: string; value: string }[];
  logging?: false | string[];
}

/** A provisioned Redshift cluster. */
export function cluster(name: Naming, subnetGroup: Input<string>, changes: ClusterChanges = {}) {
  const parameters = new ParameterGroup(name("parameters"), {
    family: "redshift-2.0",
    parameters: changes.parameters ?? [
      { name: "require_ssl", value: "true" },
      { name: "enable_user_activity_logging", value: "true" },
    ],
  });
  const it = new Cluster(
    name("cluster"),
    {
      clusterIdentifier: name("dw"),
      nodeType: "ra3.xlplus",
      numberOfNodes: 2,
      databaseName: "airline",
      masterUsername: "operator",
      manageMasterPassword: true,
      masterPasswordSecretKmsKeyId: keyArn,
      encrypted: "true",
      kmsKeyId: keyArn,
      enhancedVpcRouting: true,
      publiclyAccessible: false,
      multiAz: true,
      clusterSubnetGroupName: subnetGroup,
      clusterParameterGroupName: parameters.name,
      automatedSnapshotRetentionPeriod: 14,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: name("final"),
      ...changes.cluster,
    },
    changes.options,
  );
  if (changes.logging !== false) {
    new Logging(name("logging"), {
      clusterIdentifier: it.clusterIdentifier,
      logDestinationType: "cloudwatch",
      logExports: changes.logging ?? ["connectionlog", "userlog", "useractivitylog"],
    });
  }
  return it;
}
