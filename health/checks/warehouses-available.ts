import { type Facts, unseen, type Warehouse } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Finding, type Verdict } from "./finding";

/** Every serverless warehouse of the outputs is there, and its namespace and workgroup can be used. */
export const warehousesAvailable: Check = {
  id: "warehouses-available",
  area: "warehouses",
  title: "namespaces, workgroups and their endpoints are available",
  needs: ["warehouses"],
  judge: ({ warehouses, outages }) =>
    warehouses.flatMap((warehouse) => [...outage(warehouse, outages), ...faultsOf(warehouse)]),
};

/** Nobody needs to ask a warehouse of which it is known that it is down. */
function outage({ name }: Warehouse, { warehouses }: Facts["outages"]): Finding[] {
  const known = warehouses[name];
  return known ? [{ what: `${name} is down`, cause: known.cause, cure: known.cure }] : [];
}

function faultsOf(warehouse: Warehouse): Verdict[] {
  const { name, kind, namespaceId, namespace, workgroup } = warehouse;
  if (kind !== "serverless") return [unseen(warehouse)];
  if (!namespace) return [missing(name, `namespace (${namespaceId})`)];
  if (!workgroup) return [missing(name, `workgroup on its namespace ${namespace.name}`)];
  return [
    ...unlessAvailable(name, "namespace", namespace.name, namespace.status, "AVAILABLE"),
    ...unlessAvailable(name, "workgroup", workgroup.name, workgroup.status, "AVAILABLE"),
    ...workgroup.endpoints.flatMap((endpoint) =>
      unlessAvailable(name, "managed endpoint", endpoint.name, endpoint.status, "ACTIVE"),
    ),
  ];
}

function missing(name: string, thing: string): Finding {
  return {
    what: `${name} has no ${thing}`,
    cause: "It was deleted outside of the stack, or the credentials belong to another account.",
    cure: `See that the credentials are those of the stack's account; then ${bringBack}`,
  };
}

function unlessAvailable(name: string, kind: string, thing: string, status: string, good: string): Finding[] {
  if (status === good) return [];
  return [
    {
      what: `${name}: ${kind} ${thing} is ${status}, not ${good}`,
      cause: "It is being changed, or a change got stuck.",
      cure: "Wait some minutes and check again; if it stays so, look at its events in the Redshift console.",
    },
  ];
}
