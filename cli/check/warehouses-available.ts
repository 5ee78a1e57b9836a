import {
  ListNamespacesCommand,
  ListWorkgroupsCommand,
  RedshiftServerlessClient,
  type Workgroup,
} from "@aws-sdk/client-redshift-serverless";
import { everyPage } from "../stack/pages";
import type { Check, Finding } from "./check";

/** Every serverless warehouse of the outputs exists, can be queried, and is not reachable from the internet. */
export const warehousesAvailable: Check = {
  name: "namespaces and workgroups are available and private",
  async run({ outputs, region }) {
    const client = new RedshiftServerlessClient({ region });
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
      return [outputs.producer, ...outputs.consumers]
        .filter(({ kind }) => kind === "serverless")
        .flatMap(({ name, namespaceId }) => {
          const namespace = namespaces.find((candidate) => candidate.namespaceId === namespaceId);
          if (!namespace) return [missing(name, `namespace ${namespaceId}`)];
          const workgroup = workgroups.find((candidate) => candidate.namespaceName === namespace.namespaceName);
          if (!workgroup) return [missing(name, `workgroup on namespace ${namespace.namespaceName}`)];
          return faultsOf(name, workgroup);
        });
    } finally {
      client.destroy();
    }
  },
};

function missing(name: string, thing: string): Finding {
  return {
    what: `${name} has no ${thing}`,
    cause: "It was deleted outside of Pulumi, or the credentials belong to another account.",
    cure: "`pulumi refresh`, then `pulumi up`, makes it again.",
  };
}

function faultsOf(name: string, workgroup: Workgroup): Finding[] {
  const faults: Finding[] = [];
  if (workgroup.status !== "AVAILABLE") {
    faults.push({
      what: `${name} is ${workgroup.status}, not AVAILABLE`,
      cause: `Workgroup ${workgroup.workgroupName} is being changed, or the change got stuck.`,
      cure: "Wait a few minutes; if it stays so, look at its events in the Redshift console.",
    });
  }
  if (workgroup.publiclyAccessible) {
    faults.push({
      what: `${name} can be reached from the internet`,
      cause: `Workgroup ${workgroup.workgroupName} is publicly accessible.`,
      cure: "`pulumi refresh`, then `pulumi up`, makes it private again.",
    });
  }
  return faults;
}
