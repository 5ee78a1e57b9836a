import type { Assumptions } from "../assumptions";
import type { Account, House } from "../wire/door";
import type { Passwords } from "../wire/password";
import type { SessionContext } from "../wire/session";
import type { Namespace } from "./namespace";

export interface HouseServices {
  passwords: Passwords;
  assumptions: Assumptions;
  log(line: string): void;
  namespaceIds(): ReadonlySet<string>;
  propagate(namespace: Namespace, database: string): Promise<void>;
  prepareStandIn(namespace: Namespace, database: string): Promise<void>;
  /** Secret of a user's temporary credentials, while they are valid. */
  temporarySecret(namespaceId: string, user: string): string | undefined;
}

/** Databases of PostgreSQL's own which Redshift does not have. */
const hidden = new Set(["postgres", "template0", "template1"]);

/** A namespace as the front sees it, through one workgroup or from inside this process. */
export function houseOf(
  namespace: Namespace,
  services: HouseServices,
  workgroupName: string,
  parameters: Record<string, string>,
): House {
  const name = workgroupName || namespace.id;
  return {
    name,
    log: services.log,
    socketPath: namespace.cluster.socketPath,
    parameters,
    passwords: services.passwords,
    settings: workgroupName ? { "rs.workgroup": workgroupName } : {},

    async account(user): Promise<Account | undefined> {
      const login = await namespace.login(user);
      const temporary = services.temporarySecret(namespace.id, user);
      if (!login) return undefined;
      const secrets = [login.secret, temporary].filter((secret) => typeof secret === "string");
      return { secrets, expired: login.expired && temporary === undefined };
    },

    async enter(user, database) {
      if (hidden.has(database))
        return { refusal: { sqlstate: "3D000", message: `database "${database}" does not exist` } };
      const context: SessionContext = {
        user,
        database,
        history: namespace.history,
        assumptions: services.assumptions,
        log: (line) => services.log(`${name}: ${line}`),
        sharedDatabases: namespace.sharedDatabases,
        namespaceIds: services.namespaceIds,
        propagate: () => services.propagate(namespace, database),
      };
      if (!namespace.sharedDatabases.has(database)) return { session: context };
      if (!(await namespace.mayUse(user, database))) {
        return { refusal: { sqlstate: "42501", message: `permission denied for database "${database}"` } };
      }
      await services.prepareStandIn(namespace, database);
      const others = new Set([...namespace.sharedDatabases].filter((name) => name !== database));
      return {
        session: {
          ...context,
          sharedDatabases: others,
          propagate: () => services.propagate(namespace, namespace.home),
        },
      };
    },
  };
}
