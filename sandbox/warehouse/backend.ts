import type { Assumptions } from "../assumptions";
import type { Backend, Login, SessionContext } from "../wire/backend";
import type { Passwords } from "../wire/password";
import type { Namespace } from "./namespace";
import { SqlTranslator } from "./translation";

export interface BackendServices {
  passwords: Passwords;
  assumptions: Assumptions;
  log(line: string): void;
  namespaceIds(): ReadonlySet<string>;
  propagate(namespace: Namespace, database: string): Promise<void>;
  prepareBackingDatabase(namespace: Namespace, database: string): Promise<void>;
  /** Secret of a user's temporary credentials, while they are valid. */
  temporarySecret(namespaceId: string, user: string): string | undefined;
}

/** Databases of PostgreSQL's own which Redshift does not have. */
const hidden = new Set(["postgres", "template0", "template1"]);

/** The backend of connections to a namespace, through one workgroup or from inside this process. */
export function backendOf(
  namespace: Namespace,
  services: BackendServices,
  workgroupName: string,
  parameters: Record<string, string>,
): Backend {
  const name = workgroupName || namespace.id;
  return {
    name,
    log: services.log,
    socketPath: namespace.cluster.socketPath,
    parameters,
    passwords: services.passwords,
    settings: workgroupName ? { "rs.workgroup": workgroupName } : {},

    async login(user): Promise<Login | undefined> {
      const found = await namespace.findUser(user);
      const temporary = services.temporarySecret(namespace.id, user);
      if (!found) return undefined;
      const secrets = [found.secret, temporary].filter((secret) => typeof secret === "string");
      return { secrets, expired: found.expired && temporary === undefined };
    },

    async enter(user, database) {
      if (hidden.has(database))
        return { refusal: { sqlstate: "3D000", message: `database "${database}" does not exist` } };
      const translator = (sharedDatabases: ReadonlySet<string>) =>
        new SqlTranslator(() => ({
          database,
          sharedDatabases,
          namespaceIds: services.namespaceIds(),
          assumptions: services.assumptions,
        }));
      const context: SessionContext = {
        user,
        database,
        history: namespace.history,
        translator: translator(namespace.sharedDatabases),
        log: (line) => services.log(`${name}: ${line}`),
        sharedDatabases: namespace.sharedDatabases,
        propagate: () => services.propagate(namespace, database),
      };
      if (!namespace.sharedDatabases.has(database)) return { session: context };
      if (!(await namespace.mayUse(user, database))) {
        return { refusal: { sqlstate: "42501", message: `permission denied for database "${database}"` } };
      }
      await services.prepareBackingDatabase(namespace, database);
      const others = new Set([...namespace.sharedDatabases].filter((name) => name !== database));
      return {
        session: {
          ...context,
          sharedDatabases: others,
          translator: translator(others),
          propagate: () => services.propagate(namespace, namespace.home),
        },
      };
    },
  };
}
