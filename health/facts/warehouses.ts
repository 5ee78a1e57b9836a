import {
  type EndpointAccess,
  ListEndpointAccessCommand,
  ListNamespacesCommand,
  ListWorkgroupsCommand,
  type Workgroup as ServiceWorkgroup,
} from "@aws-sdk/client-redshift-serverless";
import { defaultPort, defaultQueryTimeoutSeconds } from "@redshift-fleet/redshift/declarations";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import type { Clients } from "./clients";
import type { ManagedEndpoint, Warehouse, Workgroup } from "./facts";
import { everyPage } from "./pages";

/** What Redshift Serverless says about the warehouses of the outputs: three listings, however many they are. */
export async function collectWarehouses({ serverless, options }: Clients, outputs: StackOutputs): Promise<Warehouse[]> {
  const [namespaces, workgroups, endpoints] = await Promise.all([
    everyPage(
      (nextToken) => serverless.send(new ListNamespacesCommand({ nextToken }), options),
      (page) => page.namespaces,
    ),
    everyPage(
      (nextToken) => serverless.send(new ListWorkgroupsCommand({ nextToken }), options),
      (page) => page.workgroups,
    ),
    everyPage(
      (nextToken) => serverless.send(new ListEndpointAccessCommand({ nextToken }), options),
      (page) => page.endpoints,
    ),
  ]);
  const members = [{ ...outputs.producer, group: "producer", addresses: [] }, ...outputs.consumers];
  return members.map(({ name, kind, group, namespaceId, addresses }) => {
    const namespace = namespaces.find((candidate) => candidate.namespaceId === namespaceId);
    const workgroup = namespace && workgroups.find((found) => found.namespaceName === namespace.namespaceName);
    const own = endpoints.filter((endpoint) => endpoint.workgroupName === workgroup?.workgroupName);
    return {
      name,
      group,
      namespaceId,
      knownAddresses: addresses,
      kind,
      namespace: namespace && { name: namespace.namespaceName ?? "", status: namespace.status ?? "unknown" },
      workgroup: workgroup && workgroupOf(workgroup, own),
    };
  });
}

function workgroupOf(workgroup: ServiceWorkgroup, endpoints: EndpointAccess[]): Workgroup {
  return {
    name: workgroup.workgroupName ?? "",
    status: workgroup.status ?? "unknown",
    baseCapacity: workgroup.baseCapacity,
    port: workgroup.port ?? defaultPort,
    publiclyAccessible: workgroup.publiclyAccessible ?? false,
    enhancedVpcRouting: workgroup.enhancedVpcRouting ?? false,
    subnetIds: workgroup.subnetIds ?? [],
    securityGroupIds: workgroup.securityGroupIds ?? [],
    queryTimeoutSeconds: queryTimeout(workgroup),
    endpoints: endpoints.map(endpointOf),
  };
}

function queryTimeout({ configParameters = [] }: ServiceWorkgroup): number | undefined {
  const value = (key: string) => configParameters.find(({ parameterKey }) => parameterKey === key)?.parameterValue;
  if (value("wlm_json_configuration")) return undefined;
  return Number(value("max_query_execution_time") ?? defaultQueryTimeoutSeconds);
}

function endpointOf(endpoint: EndpointAccess): ManagedEndpoint {
  const interfaces = endpoint.vpcEndpoint?.networkInterfaces ?? [];
  return {
    name: endpoint.endpointName ?? "",
    status: endpoint.endpointStatus ?? "unknown",
    addresses: interfaces.flatMap(({ privateIpAddress }) => privateIpAddress ?? []),
    securityGroupIds: (endpoint.vpcSecurityGroups ?? []).flatMap(({ vpcSecurityGroupId }) => vpcSecurityGroupId ?? []),
  };
}
