import { createHash } from "node:crypto";
import { ResourceExistsException, ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";
import { type Answerer, stubApi } from "../testing/stub-api";
import { type AccessContext, readAccess, reconcileAccess, removeAccess } from "./access";
import { LeftoversError } from "./leftovers";
import type { AccessDefinition, PasswordDigest } from "./model";
import { deleteReaderSecret, ensureReaderSecret, readReaderSecret } from "./secret";

/** Secrets Manager with one account's secrets. */
function secretsManager() {
  const secrets = new Map<string, { KmsKeyId: string; SecretString: string; DeletedDate?: Date }>();
  const calls: string[] = [];
  const missing = () => new ResourceNotFoundException({ message: "no such secret", $metadata: {} });
  const client = {
    send: async (command: { constructor: { name: string }; input: object }): Promise<object> => {
      const name = command.constructor.name.replace("Command", "");
      const input = command.input as {
        SecretId?: string;
        Name?: string;
        KmsKeyId?: string;
        SecretString?: string;
        ForceDeleteWithoutRecovery?: boolean;
      };
      calls.push(name);
      const id = (input.SecretId ?? input.Name)!.replace("arn:", "");
      const found = secrets.get(id);
      if (name === "CreateSecret") {
        if (found) throw new ResourceExistsException({ message: "exists", $metadata: {} });
        secrets.set(id, { KmsKeyId: input.KmsKeyId!, SecretString: input.SecretString! });
        return {};
      }
      if (!found) throw missing();
      if (name === "DescribeSecret")
        return { ARN: `arn:${id}`, Name: id, KmsKeyId: found.KmsKeyId, DeletedDate: found.DeletedDate };
      if (name === "GetSecretValue") return { SecretString: found.SecretString };
      if (name === "RestoreSecret") delete found.DeletedDate;
      if (name === "PutSecretValue") found.SecretString = input.SecretString!;
      if (name === "UpdateSecret") found.KmsKeyId = input.KmsKeyId!;
      if (name === "DeleteSecret") {
        if (input.ForceDeleteWithoutRecovery) secrets.delete(id);
        else found.DeletedDate = new Date();
      }
      return {};
    },
  };
  const password = (id: string) => (JSON.parse(secrets.get(id)!.SecretString) as { password: string }).password;
  return { client: client as Parameters<typeof readReaderSecret>[0], secrets, calls, password };
}

const definition = {
  secretName: "p/s/readers/bi",
  username: "bi",
  kmsKeyId: "key",
  host: "h",
  port: 5439,
  database: "fleet",
};

describe("a reader's secret", () => {
  test("is made with a password of its own, which the state does not show", async () => {
    const { client, secrets, password } = secretsManager();
    const state = await ensureReaderSecret(client, definition);
    expect(JSON.parse(secrets.get(definition.secretName)!.SecretString)).toEqual({
      username: "bi",
      password: password(definition.secretName),
      host: "h",
      port: 5439,
      dbname: "fleet",
      engine: "redshift",
    });
    expect(JSON.stringify(state)).not.toContain(password(definition.secretName));
    expect(state).toMatchObject({ secretArn: `arn:${definition.secretName}`, usable: true });
  });

  test("keeps its password when host or key change, and gets a new one when asked", async () => {
    const { client, password, secrets, calls } = secretsManager();
    await ensureReaderSecret(client, definition);
    const first = password(definition.secretName);
    calls.length = 0;
    await ensureReaderSecret(client, definition);
    expect(calls).not.toContain("PutSecretValue");
    const state = await ensureReaderSecret(client, { ...definition, host: "other", kmsKeyId: "key2" });
    expect(state).toMatchObject({ host: "other", kmsKeyId: "key2" });
    expect(password(definition.secretName)).toBe(first);
    await ensureReaderSecret(client, definition, { rotate: true });
    expect(password(definition.secretName)).not.toBe(first);
    secrets.get(definition.secretName)!.SecretString = "garbage";
    expect((await readReaderSecret(client, definition.secretName))?.usable).toBe(false);
    expect((await ensureReaderSecret(client, definition)).usable).toBe(true);
  });

  test("is gone when it is scheduled for deletion, and comes back with its password", async () => {
    const { client, password } = secretsManager();
    await ensureReaderSecret(client, definition);
    const before = password(definition.secretName);
    await deleteReaderSecret(client, definition.secretName, 7);
    expect(await readReaderSecret(client, definition.secretName)).toBeUndefined();
    await ensureReaderSecret(client, definition);
    expect(password(definition.secretName)).toBe(before);
    await deleteReaderSecret(client, definition.secretName, 0);
    await deleteReaderSecret(client, definition.secretName, 0);
    expect(await readReaderSecret(client, definition.secretName)).toBeUndefined();
  });
});

const access: AccessDefinition = {
  roles: [{ name: "reader", databases: ["sales"] }],
  users: [{ name: "bi", roles: ["reader"] }],
  withPermissions: [],
};

/** A consumer on which everything of `access` exists. */
async function consumer({
  opens = () => true,
  failure,
  passwordDigest = "md5",
  instead = () => undefined,
}: {
  /** Whether a digest lets `bi` in with the password of its secret. */
  opens?: (digest: string | undefined) => boolean;
  /** What every log-in fails with. */
  failure?: Error;
  passwordDigest?: PasswordDigest;
  /** What the admin is answered instead. */
  instead?: Answerer;
} = {}) {
  const secrets = secretsManager();
  await ensureReaderSecret(secrets.client, definition);
  const privileges = [
    { database_name: "sales", privilege_type: "USAGE", identity_name: "reader", privilege_scope: null },
  ];
  const admin = stubApi((sql, parameters) => {
    const other = instead(sql, parameters);
    if (other) return other;
    if (sql.includes("svv_roles")) return [{ role_name: "reader" }, { role_name: "sys:dba" }];
    if (sql.includes("svv_user_info"))
      return [
        { user_name: "bi", connection_limit: "UNLIMITED" },
        { user_name: "fleet_admin", connection_limit: null },
      ];
    if (sql.includes("svv_user_grants")) return [{ user_name: "bi", role_name: "reader" }];
    if (sql.includes("FROM svv_database_privileges WHERE identity_type = 'role'")) return privileges;
    if (sql.includes("svv_redshift_databases")) return [{ database_name: "sales", database_type: "shared" }];
    return undefined;
  });
  const digest = () =>
    admin.sent
      .flat()
      .findLast((sql) => sql.includes("PASSWORD"))
      ?.split("'")[1];
  const refused = new Error('FATAL: password authentication failed for user "bi"');
  const reader = stubApi(() => failure ?? (opens(digest()) ? [{ name: "bi" }] : refused));
  const context: AccessContext = {
    admin: admin.api,
    login: () => reader.api,
    secrets: secrets.client,
    secretArns: { bi: `arn:${definition.secretName}` },
    passwordDigest,
  };
  return { context, admin: { ...admin, privileges }, password: secrets.password(definition.secretName) };
}

describe("access of readers", () => {
  test("reads back as it was described, with nothing to do", async () => {
    const { context, admin } = await consumer();
    expect(await readAccess(context, access)).toEqual({ ...access, lockedOut: [], publicMayCreate: false });
    await reconcileAccess(context, access);
    expect(admin.sent).toEqual([]);
  });

  const ofPassword = (salt: (written: string) => Buffer | string, password: string) => (digest?: string) => {
    const [, hash, written = ""] = digest?.split("|") ?? [];
    return hash === createHash("sha256").update(password).update(salt(written)).digest("hex");
  };
  const md5Statement = (password: string) =>
    `ALTER USER "bi" PASSWORD 'md5${createHash("md5").update(`${password}bi`).digest("hex")}'`;

  test("a password changed by hand is noticed by logging in, and only it is mended, by digest", async () => {
    const { context, admin, password } = await consumer({ opens: () => false });
    expect((await readAccess(context, access))?.lockedOut).toEqual(["bi"]);
    await reconcileAccess(context, access);
    expect(admin.sent).toEqual([[md5Statement(password)]]);
    expect(JSON.stringify(admin.sent)).not.toContain(password);
  });

  test("a password that still opens the consumer is set anew as another digest, and stays the same", async () => {
    const { context, admin, password } = await consumer();
    await reconcileAccess(context, access, { resetPasswords: "all" });
    expect(admin.sent).toEqual([[md5Statement(password)]]);
  });

  test.each([
    ["the salt's bytes", (written: string) => Buffer.from(written, "hex"), 1],
    ["the salt as it is written", (written: string) => written, 2],
  ])("a sha256 digest opens a consumer that hashes %s", async (_what, salt, attempts) => {
    let opens = (_digest?: string) => false;
    const fleet = await consumer({ opens: (digest) => opens(digest), passwordDigest: "sha256" });
    opens = ofPassword(salt, fleet.password);
    await reconcileAccess(fleet.context, access, { resetPasswords: "all" });
    expect(fleet.admin.sent).toHaveLength(attempts);
    expect((await readAccess(fleet.context, access))?.lockedOut).toEqual([]);
    await reconcileAccess(fleet.context, access);
    expect(fleet.admin.sent).toHaveLength(attempts);
  });

  test("a consumer that takes no form of a sha256 digest is an error, not a password set for ever", async () => {
    const { context } = await consumer({ opens: () => false, passwordDigest: "sha256" });
    await expect(reconcileAccess(context, access)).rejects.toThrow(/does not let bi in .* sha256 .* digest to md5/);
  });

  test("any other failure of the login is an error, not drift", async () => {
    const { context } = await consumer({ failure: new Error("ERROR: out of memory") });
    await expect(readAccess(context, access)).rejects.toThrow(/out of memory/);
  });

  test("removal takes rights first, then users before roles in one transaction", async () => {
    const { context, admin } = await consumer();
    await removeAccess(context, access);
    expect(admin.sent).toEqual([
      ['REVOKE USAGE ON DATABASE "sales" FROM ROLE "reader"'],
      ['DROP USER "bi"', 'DROP ROLE "reader" FORCE'],
    ]);
  });

  test("everybody's right to create in public is drift, and taken away", async () => {
    const { context, admin } = await consumer({
      instead: (sql) => (sql.includes("svv_schema_privileges") ? [{ privilege_type: "CREATE" }] : undefined),
    });
    expect(await readAccess(context, access)).toMatchObject({ publicMayCreate: true });
    await reconcileAccess(context, access);
    expect(admin.sent).toEqual([["REVOKE CREATE ON SCHEMA public FROM PUBLIC"]]);
  });

  test("a reader who owns or was granted something is named with it, and with what helps", async () => {
    const refusal = `user "bi" can't be dropped because the user owns some object`;
    const instead: Answerer = (sql) => {
      if (sql.startsWith("DROP USER")) return new Error(`ERROR: ${refusal}`);
      if (sql.includes("pg_class"))
        return [
          { owner: "bi", kind: "TABLE", parent: "public", name: "scratch", admin: "fleet_admin" },
          { owner: "bi", kind: "FUNCTION", parent: "public", name: "f(integer)", admin: "fleet_admin" },
        ];
      if (sql.includes("svv_relation_privileges"))
        return ["select", "insert"].flatMap((privilege) =>
          ["scratch", "theirs"].map((name) => ({
            holder: "bi",
            holder_kind: "user",
            parent: "public",
            name,
            privilege,
          })),
        );
      return undefined;
    };
    const { context } = await consumer({ instead });
    const removal = removeAccess(context, access);
    await expect(removal).rejects.toThrow(LeftoversError);
    await expect(removal).rejects.toThrow(
      [
        "On wg/fleet readers that are to be dropped still hold something. Run there as the admin, then update again:",
        '  user bi owns TABLE "public"."scratch": ALTER TABLE "public"."scratch" OWNER TO "fleet_admin", or DROP TABLE "public"."scratch"',
        '  user bi owns FUNCTION "public"."f"(integer): DROP FUNCTION "public"."f"(integer)',
        '  user bi has INSERT, SELECT on TABLE "public"."theirs": REVOKE ALL ON TABLE "public"."theirs" FROM "bi"',
      ].join("\n"),
    );
  });

  test("USAGE on a database WITH PERMISSIONS may be refused, a right that readers need may not", async () => {
    const permissions: AccessDefinition = { ...access, withPermissions: ["sales"] };
    const refusing = (refused: RegExp) =>
      consumer({ instead: (sql) => (refused.test(sql) ? new Error("ERROR: feature not supported") : undefined) });
    const { context, admin } = await refusing(/^GRANT USAGE ON DATABASE/);
    admin.privileges.length = 0;
    await reconcileAccess(context, permissions);
    expect(admin.sent.flat()).toContain('GRANT USAGE ON DATABASE "sales" TO ROLE "reader"');
    const other = await refusing(/^GRANT SELECT FOR TABLES/);
    await expect(reconcileAccess(other.context, permissions)).rejects.toThrow(/feature not supported/);
  });
});
