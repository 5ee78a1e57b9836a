import { at, type Fault, sharedSchemas } from "@redshift-fleet/components";
import {
  accessFaults,
  type DeclaredObjects,
  datashareFaults,
  nameFaults,
  undeclaredFaults,
} from "@redshift-fleet/redshift/declarations";
import type { FleetConfig } from "./schema";

/** What is wrong with the datashares, whatever the producer holds. */
export function datashareRules(config: FleetConfig): Fault[] {
  const faults: Fault[] = [];
  const consumers = ["pool", ...Object.keys(config.consumers)];
  const taken = new Map([[config.pool.database, "the database that the pool's sessions begin in"]]);
  for (const [name, consumer] of Object.entries(config.consumers))
    taken.set(consumer.database, `the database that sessions of ${name} begin in`);
  for (const [share, definition] of Object.entries(config.datashares)) {
    const path = `datashares.${share}`;
    faults.push(
      ...at(path, datashareFaults({ share, publicAccessible: false, schemas: sharedSchemas(definition.schemas) })),
    );
    if (definition.consumerDatabase !== undefined)
      faults.push(...nameFaults(`${path}.consumerDatabase`, "database", definition.consumerDatabase));
    const database = definition.consumerDatabase ?? share;
    const other = taken.get(database);
    if (other)
      faults.push({
        path: `${path}.consumerDatabase`,
        value: database,
        rule: `must be a name of its own on the consumers, where it is ${other} already`,
        remedy: "Choose another name",
      });
    taken.set(database, `the database of datashare ${share}`);
    if (Object.keys(definition.schemas).length === 0)
      faults.push({ path: `${path}.schemas`, value: {}, rule: "must name at least one schema", remedy: "Add one" });
    for (const consumer of definition.consumers === "all" ? [] : definition.consumers)
      if (!consumers.includes(consumer))
        faults.push({
          path: `${path}.consumers`,
          value: consumer,
          rule: "must name consumers of this fleet",
          remedy: `Use all, or some of ${consumers.join(", ")}`,
        });
  }
  return faults;
}

/** Datashares of what nothing makes, or of what cannot be shared. */
export function declarationRules(config: FleetConfig, declared: DeclaredObjects): Fault[] {
  const external = new Set(config.schema.external);
  return Object.entries(config.datashares).flatMap(([share, definition]) => {
    const ours = Object.entries(sharedSchemas(definition.schemas)).filter(([schema]) => !external.has(schema));
    return at(`datashares.${share}`, undeclaredFaults(Object.fromEntries(ours), declared)).map((fault) => ({
      ...fault,
      remedy: `${fault.remedy}; what something else makes goes into schema.external`,
    }));
  });
}

/** What is wrong with roles and users. */
export function readerRules(config: FleetConfig): Fault[] {
  const { roles, users } = config.readers;
  const shares = Object.keys(config.datashares);
  const access = {
    roles: Object.keys(roles).map((name) => ({ name, databases: [] })),
    users: Object.entries(users).map(([name, user]) => ({ name, roles: user.roles })),
    withPermissions: [],
  };
  const admins = new Set([
    config.producer.adminUsername,
    config.pool.adminUsername,
    ...Object.values(config.consumers).map((consumer) => consumer.adminUsername),
  ]);
  const faults = [...admins].flatMap((admin) => accessFaults(access, admin));
  for (const [role, { datashares }] of Object.entries(roles))
    for (const share of datashares ?? [])
      if (!shares.includes(share))
        faults.push({
          path: `roles.${role}.datashares`,
          value: share,
          rule: "must name datashares of this fleet",
          remedy: `Use some of ${shares.join(", ") || "those under `datashares`"}`,
        });
  if (Object.keys(users).length === 0)
    faults.push({ path: "users", value: {}, rule: "must have at least one user", remedy: "Add one, or leave it out" });
  faults.push(...endpointUserFaults(config.readers));
  // Each administrator's name was checked in a round of its own: what has nothing to do with it was found in each.
  const once = new Map(faults.map((fault) => [JSON.stringify(fault), fault]));
  return at("readers", [...once.values()]);
}

function endpointUserFaults({ users, endpointUser }: FleetConfig["readers"]): Fault[] {
  const names = Object.keys(users).sort();
  if (names.length === 0 || (endpointUser === undefined ? names.length === 1 : endpointUser in users)) return [];
  return [
    {
      path: "endpointUser",
      value: endpointUser,
      rule:
        endpointUser === undefined
          ? "must say which of several users the output `endpoint` names"
          : "must name one of the users",
      remedy: `Use ${names.join(" or ")}`,
    },
  ];
}
