import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Assumptions, defaultAssumptions } from "../../assumptions";
import { createAccount } from "../../aws/account";
import type { JsonObject } from "../../aws/json";
import { Store } from "../../store/store";
import { Kms } from "../kms/keys";
import { SecretCipher } from "./cipher";
import { SecretsManager } from "./service";

describe("Secrets Manager", () => {
  const dir = fs.mkdtempSync(join(tmpdir(), "secrets-"));
  const store = Store.open(dir);
  const secrets = new SecretsManager(createAccount(), store, SecretCipher.open(join(dir, "key")));
  const call = (operation: string, input: JsonObject) => secrets.operations[operation]!(input);
  afterAll(() => {
    store.close();
    fs.rmSync(dir, { recursive: true });
  });

  test("keeps versions: current, previous, and by id", async () => {
    const { ARN, VersionId } = await call("CreateSecret", { Name: "app/reader", SecretString: "one" });
    await call("PutSecretValue", { SecretId: "app/reader", SecretString: "two" });
    await expect(call("GetSecretValue", { SecretId: ARN! })).resolves.toMatchObject({ SecretString: "two" });
    await expect(call("GetSecretValue", { SecretId: ARN!, VersionStage: "AWSPREVIOUS" })).resolves.toMatchObject({
      SecretString: "one",
      VersionId,
    });
    await call("UpdateSecretVersionStage", {
      SecretId: ARN!,
      VersionStage: "AWSCURRENT",
      MoveToVersionId: VersionId!,
    });
    await expect(call("GetSecretValue", { SecretId: ARN! })).resolves.toMatchObject({ SecretString: "one" });
    await expect(call("GetSecretValue", { SecretId: ARN!, VersionStage: "AWSPREVIOUS" })).resolves.toMatchObject({
      SecretString: "two",
    });
  });

  test("takes a retried write once, and refuses the token with another value", async () => {
    await call("CreateSecret", { Name: "retried", SecretString: "a", ClientRequestToken: "t".repeat(32) });
    const again = { SecretId: "retried", ClientRequestToken: "u".repeat(32), SecretString: "b" };
    await call("PutSecretValue", again);
    await call("PutSecretValue", again);
    await expect(call("PutSecretValue", { ...again, SecretString: "c" })).rejects.toMatchObject({
      code: "ResourceExistsException",
    });
    const listed = (await call("ListSecretVersionIds", { SecretId: "retried" })) as { Versions: JsonObject[] };
    expect(listed.Versions).toHaveLength(2);
  });

  test("holds a deleted secret back until it is restored, or forgets it at once when forced", async () => {
    await call("CreateSecret", { Name: "gone", SecretString: "x" });
    await call("DeleteSecret", { SecretId: "gone", RecoveryWindowInDays: 7 });
    await expect(call("GetSecretValue", { SecretId: "gone" })).rejects.toMatchObject({
      code: "InvalidRequestException",
    });
    await expect(call("CreateSecret", { Name: "gone", SecretString: "y" })).rejects.toThrow(/scheduled for deletion/);
    await call("RestoreSecret", { SecretId: "gone" });
    await expect(call("GetSecretValue", { SecretId: "gone" })).resolves.toMatchObject({ SecretString: "x" });
    await call("DeleteSecret", { SecretId: "gone", ForceDeleteWithoutRecovery: true });
    await expect(call("DescribeSecret", { SecretId: "gone" })).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });

  test("keeps the name of what was deleted by force taken for a while, although nothing is found under it", async () => {
    const slow = new SecretsManager(createAccount(), store, SecretCipher.open(join(dir, "key")), { nameTakenFor: 300 });
    await slow.operations.CreateSecret!({ Name: "hasty", SecretString: "x" });
    await slow.operations.DeleteSecret!({ SecretId: "hasty", ForceDeleteWithoutRecovery: true });
    await expect(slow.operations.DescribeSecret!({ SecretId: "hasty" })).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
    const again = () => slow.operations.CreateSecret!({ Name: "hasty", SecretString: "y" });
    await expect(again()).rejects.toMatchObject({
      code: "InvalidRequestException",
      message: expect.stringContaining("already scheduled for deletion"),
    });
    await new Promise((resolve) => setTimeout(resolve, 350));
    await expect(again()).resolves.toMatchObject({ Name: "hasty" });
  });

  describe("under KMS keys", () => {
    const context = { store, account: createAccount() };
    const kms = new Kms(context);
    const under = (assumptions: Partial<Assumptions> = {}) => {
      const service = new SecretsManager(context.account, store, SecretCipher.open(join(dir, "key")), {
        keys: kms,
        assumptions: { ...defaultAssumptions, ...assumptions },
      });
      return (operation: string, input: JsonObject) => service.operations[operation]!(input);
    };
    const value = { SecretString: "kept" };

    test.each([
      "DecryptionFailure",
      "AccessDeniedException",
      "InvalidRequestException",
      "KMSInvalidStateException",
    ] as const)("gives no value whose key is on its way out, nor a new one: %s", async (code) => {
      const ask = under({ "unusable-key": code });
      const key = kms.createKey({});
      const SecretId = `lost to ${code}`.replaceAll(" ", "-");
      await ask("CreateSecret", { Name: SecretId, KmsKeyId: key.arn, ...value });
      kms.scheduleKeyDeletion(key.keyId, 7);
      await expect(ask("GetSecretValue", { SecretId })).rejects.toMatchObject({ code });
      await expect(ask("PutSecretValue", { SecretId, SecretString: "new" })).rejects.toMatchObject({
        code: "EncryptionFailure",
      });
      await expect(ask("UpdateSecret", { SecretId, KmsKeyId: kms.createKey({}).arn })).rejects.toMatchObject({ code });
      await expect(ask("DescribeSecret", { SecretId })).resolves.toMatchObject({ KmsKeyId: key.arn });
    });

    test("opens a disabled key's secrets again when it is enabled", async () => {
      const ask = under();
      const key = kms.createKey({});
      await ask("CreateSecret", { Name: "paused", KmsKeyId: key.keyId, ...value });
      kms.updateKey(key.keyId, { enabled: false });
      await expect(ask("GetSecretValue", { SecretId: "paused" })).rejects.toMatchObject({ code: "DecryptionFailure" });
      kms.updateKey(key.keyId, { enabled: true });
      await expect(ask("GetSecretValue", { SecretId: "paused" })).resolves.toMatchObject(value);
    });

    test("opens a secret that changed its key by either key", async () => {
      const ask = under();
      const [first, second] = [kms.createKey({}), kms.createKey({})];
      await ask("CreateSecret", { Name: "moved", KmsKeyId: first.arn, ...value });
      await ask("UpdateSecret", { SecretId: "moved", KmsKeyId: second.arn });
      kms.scheduleKeyDeletion(first.keyId, 7);
      await expect(ask("GetSecretValue", { SecretId: "moved" })).resolves.toMatchObject(value);
    });

    test("where a change of the key leaves versions as they are, only new ones are under the new key", async () => {
      const ask = under({ "key-change": "versions-left" });
      const key = kms.createKey({});
      await ask("CreateSecret", { Name: "left", KmsKeyId: key.arn, ...value });
      kms.scheduleKeyDeletion(key.keyId, 7);
      await ask("UpdateSecret", { SecretId: "left", KmsKeyId: kms.createKey({}).arn });
      await expect(ask("GetSecretValue", { SecretId: "left" })).rejects.toMatchObject({ code: "DecryptionFailure" });
      await ask("PutSecretValue", { SecretId: "left", SecretString: "new" });
      await expect(ask("GetSecretValue", { SecretId: "left" })).resolves.toMatchObject({ SecretString: "new" });
    });
  });

  test("writes no value in clear", async () => {
    await call("CreateSecret", { Name: "quiet", SecretString: "hunter2hunter2" });
    expect(fs.readFileSync(join(dir, "store.log"), "utf8")).not.toContain("hunter2");
    expect(fs.statSync(join(dir, "key")).mode & 0o777).toBe(0o600);
  });

  test("makes passwords of the asked length and kinds", async () => {
    const { RandomPassword } = await call("GetRandomPassword", { PasswordLength: 40, ExcludePunctuation: true });
    expect(RandomPassword).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{40}$/);
  });
});
