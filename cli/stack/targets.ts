import type { Connection, DatabaseTarget } from "@redshift-fleet/redshift";
import { Problem } from "../terminal/terminal";
import type { StackOutputs } from "./outputs";
import { everyPage } from "./pages";

/** The Region of a fleet: every secret's ARN says it. */
export function connectionOf(outputs: StackOutputs): Connection {
  return { region: outputs.producer.secretArn.split(":")[3] };
}

/** Names under which the Data API knows the warehouses, by namespace id. */
export interface Warehouses {
  target(warehouse: { namespaceId: string; name: string; database: string }, secretArn: string): DatabaseTarget;
}

/** Looks the fleet's warehouses up in the account. */
export async function findWarehouses(outputs: StackOutputs): Promise<Warehouses> {
  const { ListNamespacesCommand, ListWorkgroupsCommand, RedshiftServerlessClient } = await import(
    "@aws-sdk/client-redshift-serverless"
  );
  const client = new RedshiftServerlessClient({ region: connectionOf(outputs).region });
  try {
    const [namespaces, workgroups] = await Promise.all([
      everyPage(
        (nextToken) => client.send(new ListNamespacesCommand({ nextToken })),
        (page) => page.namespaces,
      ),
      everyPage(
        (nextToken) => client.send(new ListWorkgroupsCommand({ nextToken })),
        (page) => page.workgroups,
      ),
    ]);
    const names = new Map<string, string>();
    for (const { namespaceId, namespaceName } of namespaces) {
      const workgroup = workgroups.find((candidate) => candidate.namespaceName === namespaceName);
      if (namespaceId && workgroup?.workgroupName) names.set(namespaceId, workgroup.workgroupName);
    }
    return {
      target({ namespaceId, name, database }, secretArn) {
        const workgroupName = names.get(namespaceId);
        if (!workgroupName) throw new Problem(`There is no workgroup for ${name}: namespace ${namespaceId} has none.`);
        return { workgroupName, database, secretArn };
      },
    };
  } finally {
    client.destroy();
  }
}
