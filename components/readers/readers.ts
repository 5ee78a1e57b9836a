import * as pulumi from "@pulumi/pulumi";
import { accessFaults, type PasswordDigest } from "@redshift-fleet/redshift/declarations";
import { connectionOf } from "../connection";
import type { Datashare } from "../datashare/datashare";
import { checkInteger, checkUnique, type Fault, refuse } from "../validation";
import { databaseTarget, type WarehouseTarget } from "../warehouse-target";
import { ReaderAccess } from "./reader-access";
import { ReaderSecret } from "./reader-secret";

/** What holders of a role may read. */
export interface ReaderRoleArgs {
  /** Names of the datashares, as given in `datashares`. @default all of them */
  readonly datashares?: readonly string[];
}

export interface ReaderUserArgs {
  readonly roles: readonly string[];
  /** Sessions at once on each consumer, 1–2000. @default no limit */
  readonly connectionLimit?: number;
  /** Raise it to have a new password made and set everywhere. @default 1 */
  readonly passwordGeneration?: number;
}

export interface ReadersArgs {
  /** Where the roles and users exist, alike. */
  readonly consumers: readonly WarehouseTarget[];
  /** What can be read, by the name that roles refer to; on each consumer, what it is a consumer of. */
  readonly datashares: Readonly<Record<string, Datashare>>;
  readonly roles: Readonly<Record<string, ReaderRoleArgs>>;
  readonly users: Readonly<Record<string, ReaderUserArgs>>;
  /**
   * What passwords are set as. `md5` lets every client in; `sha256` only the Data API and AWS's own drivers: JDBC, ODBC
   * and redshift_connector. A change keeps the passwords.
   * @default "md5"
   */
  readonly passwordDigest?: PasswordDigest;
  /** Where clients connect: written into the users' secrets beside name and password. */
  readonly endpoint: {
    readonly host: pulumi.Input<string>;
    readonly port: pulumi.Input<number>;
    readonly database: pulumi.Input<string>;
  };
  /** Customer-managed key of the secrets, ARN or id. */
  readonly kmsKeyId: pulumi.Input<string>;
  /** Secrets are called `<prefix>/readers/<user>`. @default `<project>/<stack>` */
  readonly secretPrefix?: string;
  /** Days in which a deleted secret can be restored: 7–30, or 0 to delete at once. @default 7 */
  readonly secretRecoveryDays?: number;
  /** Name of the namespaces' admin, which no reader may have. */
  readonly adminUsername?: string;
}

const sha256Warning = [
  "Readers' passwords are sha256 digests, for which Redshift asks with authentication method 13.",
  "Only the Data API and AWS's own drivers know it: JDBC, ODBC, redshift_connector. Other clients cannot log in, such as",
  'psql and everything else on libpq (psycopg), or node-postgres. passwordDigest "md5" lets every client in.',
].join(" ");

/** Every fault of the readers' arguments. */
export function checkReaders(args: Omit<ReadersArgs, "endpoint" | "kmsKeyId">): Fault[] {
  const days = args.secretRecoveryDays ?? 7;
  const known = Object.keys(args.datashares);
  const access = {
    roles: Object.keys(args.roles).map((name) => ({ name, databases: [] })),
    users: Object.entries(args.users).map(([name, { roles, connectionLimit }]) => ({
      name,
      roles: [...roles],
      connectionLimit,
    })),
    withPermissions: [],
  };
  const unknownShares = Object.entries(args.roles).flatMap(([role, { datashares = [] }]) =>
    datashares
      .filter((share) => !known.includes(share))
      .map((share) => ({
        path: `roles.${role}.datashares`,
        value: share,
        rule: "must be one of the datashares",
        remedy: known.length > 0 ? `Define it, or name one of ${known.join(", ")}` : "Define it under datashares",
      })),
  );
  return [
    ...accessFaults(access, args.adminUsername),
    ...unknownShares,
    ...checkUnique(
      "consumers",
      args.consumers.map((consumer) => consumer.name),
      "consumer",
    ),
    ...(days === 0 ? [] : checkInteger("secretRecoveryDays", days, 7, 30, "days")),
    ...Object.entries(args.users).flatMap(([user, { passwordGeneration = 1 }]) =>
      checkInteger(`users.${user}.passwordGeneration`, passwordGeneration, 1, 1_000_000),
    ),
  ];
}

/**
 * The same roles and users on every consumer, so that whichever of them the balancer picks lets a reader in and shows
 * the same data. Passwords are made where they are kept, in Secrets Manager; SQL and state never hold one. Each secret
 * costs about 0.40 USD a month.
 */
export class Readers extends pulumi.ComponentResource {
  /** User → ARN of the secret with `{ username, password, host, port, dbname, engine }`. */
  public readonly secretArns: Readonly<Record<string, pulumi.Output<string>>>;
  private readonly access = new Map<string, ReaderAccess>();

  /** @throws pulumi.InputPropertiesError with every fault of the arguments, before anything is created. */
  constructor(name: string, args: ReadersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:readers:Readers", name, {}, opts);
    refuse(`Readers "${name}"`, checkReaders(args));
    const { passwordDigest = "md5" } = args;
    if (passwordDigest === "sha256") pulumi.log.warn(sha256Warning, this);
    const connection = connectionOf(this);
    const generations = Object.fromEntries(
      Object.entries(args.users).map(([user, { passwordGeneration = 1 }]) => [user, passwordGeneration]),
    );
    const prefix = args.secretPrefix ?? `${pulumi.getProject()}/${pulumi.getStack()}`;
    this.secretArns = Object.fromEntries(
      Object.keys(args.users).map((user) => [
        user,
        new ReaderSecret(
          `${name}-secret-${user}`,
          {
            connection,
            secretName: `${prefix}/readers/${user}`,
            username: user,
            kmsKeyId: args.kmsKeyId,
            host: args.endpoint.host,
            port: args.endpoint.port,
            database: args.endpoint.database,
            passwordGeneration: generations[user]!,
            recoveryDays: args.secretRecoveryDays ?? 7,
          },
          { parent: this },
        ).secretArn,
      ]),
    );
    for (const consumer of args.consumers) {
      const shares = Object.entries(args.datashares).filter(([, share]) => share.serves(consumer.name));
      const databasesOf = (wanted?: readonly string[]) =>
        shares.filter(([name]) => !wanted || wanted.includes(name)).map(([, share]) => share.databaseOn(consumer.name));
      this.access.set(
        consumer.name,
        new ReaderAccess(
          `${name}-on-${consumer.name}`,
          {
            connection,
            target: databaseTarget(consumer),
            namespaceId: consumer.namespaceId,
            access: pulumi.output({
              roles: Object.entries(args.roles).map(([role, { datashares }]) => ({
                name: role,
                databases: databasesOf(datashares),
              })),
              users: Object.entries(args.users).map(([user, { roles, connectionLimit }]) => ({
                name: user,
                roles: [...roles],
                ...(connectionLimit === undefined ? {} : { connectionLimit }),
              })),
              withPermissions: databasesOf(shares.filter(([, share]) => share.withPermissions).map(([name]) => name)),
            }),
            secretArns: pulumi.output(this.secretArns),
            passwordGenerations: generations,
            passwordDigest,
            incarnations: pulumi.all(shares.map(([, share]) => share.incarnationOn(consumer.name))),
          },
          {
            parent: this,
            dependsOn: shares.flatMap(([, share]) => share.resourcesOn(consumer.name)),
            deletedWith: consumer.namespace,
          },
        ),
      );
    }
    this.registerOutputs({ secretArns: this.secretArns });
  }

  /** Whatever exists for one consumer only: its roles, users and rights. */
  resourcesOn(consumer: string): pulumi.Resource[] {
    const access = this.access.get(consumer);
    if (access) return [access];
    throw new pulumi.RunError(
      `There are no readers on ${JSON.stringify(consumer)}; they are on ${[...this.access.keys()].join(", ")}.`,
    );
  }
}
