import fc from "fast-check";
import { type AccessDefinition, accessFaults, canonicalAccess, type ObservedAccess } from "./model";
import { planAccess } from "./plan";

/** A consumer that understands the statements. Its databases are always there. */
class Model {
  readonly roles = new Set<string>();
  readonly users = new Map<string, { connectionLimit?: number; roles: Set<string>; password: string }>();
  readonly privileges = new Set<string>();
  publicMayCreate = true;

  observe(): ObservedAccess {
    return {
      roles: new Set(this.roles),
      users: new Map([...this.users].map(([name, user]) => [name, { ...user, roles: new Set(user.roles) }])),
      privileges: [...this.privileges].map((each) => {
        const [privilege, scope, database, role] = each.split(" ") as [string, string, string, string];
        return { privilege, scope, database, role };
      }),
      databases: new Set(["d1", "d2"]),
      publicMayCreate: this.publicMayCreate,
    };
  }

  run(statement: string): void {
    if (statement === "REVOKE CREATE ON SCHEMA public FROM PUBLIC") {
      this.publicMayCreate = false;
      return;
    }
    const words = statement.replaceAll('"', "").split(" ");
    const [verb, kind, name, , value] = words as [string, string, string, string, string];
    if (verb === "CREATE" && kind === "ROLE") this.roles.add(name);
    else if (verb === "DROP" && kind === "ROLE") {
      this.roles.delete(name);
      for (const each of this.privileges) if (each.endsWith(` ${name}`)) this.privileges.delete(each);
      for (const user of this.users.values()) user.roles.delete(name);
    } else if (verb === "CREATE" && kind === "USER") {
      const limit = /CONNECTION LIMIT (\d+)/.exec(statement)?.[1];
      this.users.set(name, { roles: new Set(), password: value, ...(limit ? { connectionLimit: Number(limit) } : {}) });
    } else if (verb === "ALTER") {
      const user = this.users.get(name)!;
      const limit = /CONNECTION LIMIT (\w+)$/.exec(statement)?.[1];
      if (!limit) user.password = value;
      else if (limit === "UNLIMITED") delete user.connectionLimit;
      else user.connectionLimit = Number(limit);
    } else if (verb === "DROP" && kind === "USER") this.users.delete(name);
    else if (kind === "ROLE") {
      const user = this.users.get(words[4]!)!;
      if (!this.roles.has(name)) throw new Error(`no role: ${statement}`);
      if (verb === "GRANT") user.roles.add(name);
      else user.roles.delete(name);
    } else {
      const parts = /^(?:GRANT|REVOKE) (\w+) (?:ON|FOR (\w+) IN) DATABASE (\w+) (?:TO|FROM) ROLE (\w+)$/.exec(
        words.join(" "),
      );
      if (!parts) throw new Error(`not understood: ${statement}`);
      const held = `${parts[1]} ${parts[2] ?? "DATABASE"} ${parts[3]} ${parts[4]}`;
      if (verb === "GRANT") this.privileges.add(held);
      else if (!this.privileges.delete(held)) throw new Error(`not held: ${statement}`);
    }
  }
}

const digests = new Map(["u1", "u2", "u3"].map((user) => [user, `sha256|${user}|salt`]));
/** Digests of those whose password must be set: new users only, as reconciliation works them out. */
const needed = (desired: AccessDefinition, model: Model) =>
  new Map([...digests].filter(([user]) => desired.users.some((each) => each.name === user) && !model.users.has(user)));

const definition = fc
  .record({
    roles: fc.uniqueArray(
      fc.record({ name: fc.constantFrom("r1", "r2", "r3"), databases: fc.subarray(["d1", "d2"]) }),
      {
        selector: (role) => role.name,
      },
    ),
    users: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("u1", "u2", "u3"),
        roles: fc.subarray(["r1", "r2", "r3"]),
        connectionLimit: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      }),
      { selector: (user) => user.name },
    ),
    withPermissions: fc.subarray(["d1", "d2"]),
  })
  .map((access) =>
    canonicalAccess({
      ...access,
      users: access.users.map((user) => ({
        ...user,
        roles: user.roles.filter((role) => access.roles.some((each) => each.name === role)),
      })),
    }),
  );

test("a plan leads to what was wanted, takes away what was ours, and the next plan is empty", () => {
  fc.assert(
    fc.property(fc.array(definition, { minLength: 1, maxLength: 4 }), (wanted) => {
      const model = new Model();
      let former: AccessDefinition | undefined;
      for (const desired of wanted) {
        const plan = () => planAccess({ desired, observed: model.observe(), former, digests: needed(desired, model) });
        for (const { statements } of plan()) {
          const onSharedDatabases = statements.filter((statement) => / DATABASE /.test(statement));
          // One that may not run in a transaction is alone.
          if (onSharedDatabases.length > 0) expect(statements).toHaveLength(1);
          for (const statement of statements) model.run(statement);
        }
        expect(plan()).toEqual([]);
        expect([...model.roles].sort()).toEqual(desired.roles.map((role) => role.name));
        expect(
          [...model.users].map(([name, user]) => [name, [...user.roles].sort(), user.connectionLimit]).sort(),
        ).toEqual(desired.users.map((user) => [user.name, user.roles, user.connectionLimit]));
        former = desired;
      }
    }),
    { numRuns: 300 },
  );
});

const desired: AccessDefinition = {
  roles: [{ name: "reader", databases: ["sales"] }],
  users: [{ name: "bi", roles: ["reader"], connectionLimit: 5 }],
  withPermissions: [],
};
const nothing: ObservedAccess = {
  roles: new Set(),
  users: new Map(),
  privileges: [],
  databases: new Set(["sales"]),
  publicMayCreate: false,
};
const granted = { role: "reader", database: "sales", privilege: "USAGE", scope: "DATABASE" };

test("the first plan on a consumer: rights on shared databases go alone", () => {
  const observed = { ...nothing, publicMayCreate: true };
  expect(planAccess({ desired, observed, digests: new Map([["bi", "sha256|d|s"]]) })).toEqual([
    { statements: ['CREATE ROLE "reader"', "REVOKE CREATE ON SCHEMA public FROM PUBLIC"] },
    { statements: ['GRANT USAGE ON DATABASE "sales" TO ROLE "reader"'] },
    {
      statements: [`CREATE USER "bi" PASSWORD 'sha256|d|s' CONNECTION LIMIT 5`, 'GRANT ROLE "reader" TO "bi"'],
    },
  ]);
});

test("a database WITH PERMISSIONS takes scoped grants, and USAGE where the database has it", () => {
  const steps = planAccess({
    desired: { ...desired, users: [], withPermissions: ["sales"] },
    observed: nothing,
    digests: new Map(),
  });
  expect(steps).toEqual([
    { statements: ['CREATE ROLE "reader"'] },
    { statements: ['GRANT USAGE FOR SCHEMAS IN DATABASE "sales" TO ROLE "reader"'] },
    { statements: ['GRANT SELECT FOR TABLES IN DATABASE "sales" TO ROLE "reader"'] },
    { statements: ['GRANT USAGE ON DATABASE "sales" TO ROLE "reader"'], optional: true },
  ]);
});

test("a changed password is the only thing set", () => {
  const observed: ObservedAccess = {
    ...nothing,
    roles: new Set(["reader"]),
    users: new Map([["bi", { connectionLimit: 5, roles: new Set(["reader"]) }]]),
    privileges: [granted],
  };
  expect(planAccess({ desired, observed, digests: new Map([["bi", "sha256|d|s"]]) })).toEqual([
    { statements: [`ALTER USER "bi" PASSWORD 'sha256|d|s'`] },
  ]);
  expect(planAccess({ desired, observed, digests: new Map() })).toEqual([]);
});

test("a role that somebody added to our reader is taken away, others' roles and databases are left alone", () => {
  const observed: ObservedAccess = {
    ...nothing,
    roles: new Set(["reader"]),
    users: new Map([["bi", { connectionLimit: 5, roles: new Set(["reader", "sys:superuser"]) }]]),
    privileges: [granted, { ...granted, database: "theirs" }],
  };
  expect(planAccess({ desired, observed, digests: new Map() })).toEqual([
    { statements: ['REVOKE ROLE "sys:superuser" FROM "bi"'] },
  ]);
});

test("every fault of a definition is found at once", () => {
  const faults = accessFaults(
    {
      roles: [
        { name: "reader", databases: [] },
        { name: "Bad Role", databases: [] },
      ],
      users: [
        { name: "fleet_admin", roles: ["reader"] },
        { name: "reader", roles: [] },
        { name: "x", roles: ["writer"], connectionLimit: 0 },
      ],
      withPermissions: [],
    },
    "fleet_admin",
  );
  expect(faults.map((fault) => fault.path)).toEqual([
    "roles.Bad Role",
    "users.fleet_admin",
    "users.reader",
    "users.reader.roles",
    "users.x.roles",
    "users.x.connectionLimit",
  ]);
});
