import { createHash } from "node:crypto";
import { ResourceExistsException, ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";
import { type Answerer, stubApi } from "../testing/stub-api";
import { type AccessContext, readAccess, reconcileAccess, removeAccess } from "./access";
import { LeftoversError } from "./leftovers";
import type { AccessDefinition, PasswordDigest } from "./model";
import { deleteReaderSecret, ensureReaderSecret, readReaderSecret } from "./secret";

interface Kept {
  KmsKeyId: string;
  SecretString: string;
  /** Keys that open the value. */
  openedBy: string[];
  DeletedDate?: Date;
}

/** Positions on what AWS does where keys cannot be used; see the sandbox's assumptions. */
interface Positions {
  /** How a value under a lost key is refused. */
  refusal?: [name: string, message: string];
  /** Whether a change of the key is done without the old key, leaving the value under it. */
  leavesValues?: boolean;
  /** How often a name is still taken after a deletion by force. */
  taken?: number;
}

/** Secrets Manager with one account's secrets; keys in `lost` cannot be used. */
function secretsManager({
  refusal: [name, message] = ["DecryptionFailure", "Secrets Manager can't decrypt the protected secret text."],
  leavesValues = false,
  taken = 0,
}: Positions = {}) {
  const secrets = new Map<string, Kept>();
  const lost = new Set<string>();
  const stillTaken = new Map<string, number>();
  const calls: string[] = [];
  const refused = (code: string, text: string) => Object.assign(new Error(text), { name: code });
  const opens = ({ openedBy }: Kept) => openedBy.some((key) => !lost.has(key));
  const requireKey = (key: string) => {
    if (lost.has(key)) throw refused("EncryptionFailure", "Secrets Manager can't encrypt the protected secret text.");
  };
  const client = {
    send: async (command: { constructor: { name: string }; input: object }): Promise<object> => {
      const operation = command.constructor.name.replace("Command", "");
      const input = command.input as {
        SecretId?: string;
        Name?: string;
        KmsKeyId?: string;
        SecretString?: string;
        ForceDeleteWithoutRecovery?: boolean;
      };
      calls.push(operation);
      const id = (input.SecretId ?? input.Name)!.replace("arn:", "");
      const found = secrets.get(id);
      if (operation === "CreateSecret") {
        if (found) throw new ResourceExistsException({ message: "exists", $metadata: {} });
        const left = stillTaken.get(id) ?? 0;
        stillTaken.set(id, left - 1);
        if (left > 0)
          throw refused(
            "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
          );
        requireKey(input.KmsKeyId!);
        secrets.set(id, {
          KmsKeyId: input.KmsKeyId!,
          SecretString: input.SecretString!,
          openedBy: [input.KmsKeyId!],
        });
        return {};
      }
      if (!found) throw new ResourceNotFoundException({ message: "no such secret", $metadata: {} });
      if (operation === "DescribeSecret")
        return { ARN: `arn:${id}`, Name: id, KmsKeyId: found.KmsKeyId, DeletedDate: found.DeletedDate };
      if (operation === "GetSecretValue") {
        if (!opens(found)) throw refused(name, message);
        return { SecretString: found.SecretString };
      }
      if (operation === "RestoreSecret") delete found.DeletedDate;
      if (operation === "PutSecretValue") {
        requireKey(found.KmsKeyId);
        Object.assign(found, { SecretString: input.SecretString!, openedBy: [found.KmsKeyId] });
      }
      if (operation === "UpdateSecret") {
        requireKey(input.KmsKeyId!);
        if (opens(found)) found.openedBy.push(input.KmsKeyId!);
        else if (!leavesValues) throw refused(name, message);
        found.KmsKeyId = input.KmsKeyId!;
      }
      if (operation === "DeleteSecret") {
        if (input.ForceDeleteWithoutRecovery) {
          secrets.delete(id);
          stillTaken.set(id, taken);
        } else found.DeletedDate = new Date();
      }
      return {};
    },
  };
  const password = (id: string) => (JSON.parse(secrets.get(id)!.SecretString) as { password: string }).password;
  return { client: client as Parameters<typeof readReaderSecret>[0], secrets, lost, calls, password };
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

const lostKeyRefusals: [string, string][] = [
  ["DecryptionFailure", "Secrets Manager can't decrypt the protected secret text using the provided KMS key."],
  ["AccessDeniedException", "Access to KMS is not allowed"],
  ["InvalidRequestException", "The KMS key arn:aws:kms:us-east-1:123456789012:key/k is pending deletion."],
  ["KMSInvalidStateException", "arn:aws:kms:us-east-1:123456789012:key/k is pending deletion."],
];
const wait = async () => undefined;

describe.each(lostKeyRefusals)("a reader's secret whose key cannot be used, refused as %s: %s", (...refusal) => {
  test.each([false, true])(
    "is made anew after destroy and up (a change of the key leaves values: %s)",
    async (leaves) => {
      const { client, secrets, lost, password } = secretsManager({ refusal, leavesValues: leaves, taken: 3 });
      await ensureReaderSecret(client, definition);
      const before = password(definition.secretName);
      await deleteReaderSecret(client, definition.secretName, 30);
      lost.add("key");
      const state = await ensureReaderSecret(client, { ...definition, kmsKeyId: "key2" }, { wait });
      expect(state).toMatchObject({ usable: true, kmsKeyId: "key2" });
      expect(secrets.get(definition.secretName)?.openedBy).toEqual(["key2"]);
      expect(password(definition.secretName)).not.toBe(before);
    },
  );

  test("is made anew wherever a run before was cut short", async () => {
    for (let steps = 1; steps <= 8; steps++) {
      const { client, lost } = secretsManager({ refusal, taken: 1 });
      await ensureReaderSecret(client, definition);
      await deleteReaderSecret(client, definition.secretName, 30);
      lost.add("key");
      let left = steps;
      const killed = {
        send: async (command: object) => {
          if (left-- <= 0) throw new Error("killed");
          return (client.send as (command: object) => Promise<object>)(command);
        },
      } as typeof client;
      const wanted = { ...definition, kmsKeyId: "key2" };
      await ensureReaderSecret(killed, wanted, { wait }).catch((error) => expect(error.message).toBe("killed"));
      expect(await ensureReaderSecret(client, wanted, { wait })).toMatchObject({ usable: true, kmsKeyId: "key2" });
    }
  });

  test("keeps its password when that can still be read", async () => {
    const { client, lost, password } = secretsManager({ refusal });
    await ensureReaderSecret(client, definition);
    const before = password(definition.secretName);
    await deleteReaderSecret(client, definition.secretName, 7);
    await ensureReaderSecret(client, { ...definition, kmsKeyId: "key2" }, { wait });
    lost.add("key");
    expect(await readReaderSecret(client, definition.secretName)).toMatchObject({ usable: true });
    expect(password(definition.secretName)).toBe(before);
  });

  test("is left alone when it is the key that it should have, and the error says what to do", async () => {
    const { client, lost, calls } = secretsManager({ refusal });
    await ensureReaderSecret(client, definition);
    lost.add("key");
    calls.length = 0;
    await expect(ensureReaderSecret(client, definition, { wait })).rejects.toThrow(
      /cannot be decrypted with its key key: .* cancel-key-deletion/,
    );
    expect(calls).toEqual(["DescribeSecret", "GetSecretValue"]);
  });
});

describe("the name of a reader's secret", () => {
  test("is waited for while a secret deleted by force still has it", async () => {
    const { client } = secretsManager({ taken: 6 });
    await ensureReaderSecret(client, definition);
    await deleteReaderSecret(client, definition.secretName, 0);
    const waits: number[] = [];
    const state = await ensureReaderSecret(client, definition, { wait: async (ms) => waits.push(ms) });
    expect(state.usable).toBe(true);
    expect(waits).toHaveLength(6);
  });

  test("is waited for with a deadline, and the error says what stands in the way", async () => {
    const { client } = secretsManager({ taken: 1_000 });
    await ensureReaderSecret(client, definition);
    await deleteReaderSecret(client, definition.secretName, 0);
    await expect(ensureReaderSecret(client, definition, { deadline: 300 })).rejects.toThrow(
      /p\/s\/readers\/bi cannot be made: .* name has been taken by a secret that was deleted before/,
    );
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
        "On wg/fleet readers that are to be dropped still hold something. Run there as the admin (fleet connect --consumer <name> --admin), then update again:",
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
