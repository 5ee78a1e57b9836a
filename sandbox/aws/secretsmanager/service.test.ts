import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../../store/store";
import { createAccount } from "../account";
import type { JsonObject } from "../json";
import { SecretCipher } from "./cipher";
import { SecretsManager } from "./service";

describe("Secrets Manager", () => {
  const dir = mkdtempSync(join(tmpdir(), "secrets-"));
  const store = Store.open(dir);
  const secrets = new SecretsManager(createAccount(), store, SecretCipher.open(join(dir, "key")));
  const call = (operation: string, input: JsonObject) => secrets.operations[operation]!(input);
  afterAll(() => {
    store.close();
    rmSync(dir, { recursive: true });
  });

  it("keeps versions: current, previous, and by id", async () => {
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

  it("takes a retried write once, and refuses the token with another value", async () => {
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

  it("holds a deleted secret back until it is restored, or forgets it at once when forced", async () => {
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

  it("writes no value in clear", async () => {
    await call("CreateSecret", { Name: "quiet", SecretString: "hunter2hunter2" });
    expect(readFileSync(join(dir, "store.log"), "utf8")).not.toContain("hunter2");
    expect(statSync(join(dir, "key")).mode & 0o777).toBe(0o600);
  });

  it("makes passwords of the asked length and kinds", async () => {
    const { RandomPassword } = await call("GetRandomPassword", { PasswordLength: 40, ExcludePunctuation: true });
    expect(RandomPassword).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{40}$/);
  });
});
