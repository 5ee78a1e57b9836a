import type { JsonObject } from "../../aws/json";
import { TestAccount } from "./testing";

let account: TestAccount;
beforeEach(async () => {
  account = await TestAccount.open();
});
afterEach(() => account.close());

describe("namespaces", () => {
  test("refuses more namespaces than the account may have, also while some are being made", async () => {
    const make = (name: string) => account.call("CreateNamespace", { namespaceName: name });
    const made = await Promise.allSettled(["one", "two", "three", "four", "five", "six"].map(make));
    const refused = made.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refused).toMatchObject([{ code: "ServiceQuotaExceededException", message: expect.stringContaining("5") }]);
    await account.call("DeleteNamespace", { namespaceName: "one" });
    await account.gone("GetNamespace", { namespaceName: "one" });
    await expect(make("six")).resolves.toMatchObject({ namespace: { namespaceName: "six" } });
  });

  test("knows a namespace everywhere only after a while, over a restart too", async () => {
    await account.restart("aws");
    const { namespace } = (await account.call("CreateNamespace", { namespaceName: "young" })) as {
      namespace: JsonObject;
    };
    expect(account.service.invisibleNamespaces()).toEqual([namespace.namespaceId]);
    await account.restart("aws");
    expect(account.service.invisibleNamespaces()).toEqual([namespace.namespaceId]);
    const now = jest.spyOn(Date.prototype, "toISOString").mockReturnValue(new Date(Date.now() + 60_000).toISOString());
    expect(account.service.invisibleNamespaces()).toEqual([]);
    now.mockRestore();
  });

  test("keeps the managed admin password in a secret that goes with the namespace", async () => {
    const { namespace } = (await account.call("CreateNamespace", {
      namespaceName: "managed",
      manageAdminPassword: true,
      adminUsername: "boss",
    })) as { namespace: { adminPasswordSecretArn: string } };
    const value = JSON.parse(account.secrets.read(namespace.adminPasswordSecretArn)) as Record<string, string>;
    expect(value).toMatchObject({ username: "boss", password: expect.stringMatching(/^.{32}$/) });
    await expect(
      account.secrets.operations.DeleteSecret!({ SecretId: namespace.adminPasswordSecretArn }),
    ).rejects.toMatchObject({ code: "InvalidRequestException" });
    await account.call("DeleteNamespace", { namespaceName: "managed" });
    await account.gone("GetNamespace", { namespaceName: "managed" });
    expect(() => account.secrets.read(namespace.adminPasswordSecretArn)).toThrow(/can't find/);
  });

  test("has set a new admin password when it accepts it: a crash afterwards loses nothing", async () => {
    await account.call("CreateNamespace", { namespaceName: "changed", adminUsername: "boss" });
    await account.restart("aws");
    await account.call("UpdateNamespace", {
      namespaceName: "changed",
      adminUsername: "boss",
      adminUserPassword: "Changed-1",
    });
    expect(account.warehouse.calls).toContain("admin boss Changed-1");
    await account.restart();
    await account.service.resume();
    await expect(account.call("GetNamespace", { namespaceName: "changed" })).resolves.toMatchObject({
      namespace: { status: "AVAILABLE" },
    });
  });

  test("changes nothing when the admin cannot be changed, and nothing else meanwhile", async () => {
    await account.call("CreateNamespace", { namespaceName: "stays", adminUsername: "boss" });
    account.warehouse.refusal = "The server is starting.";
    const update = () => account.call("UpdateNamespace", { namespaceName: "stays", manageAdminPassword: true });
    const first = update();
    await expect(account.call("DeleteNamespace", { namespaceName: "stays" })).rejects.toMatchObject({
      code: "ConflictException",
    });
    await expect(first).rejects.toThrow("The server is starting.");
    const { namespace } = (await account.call("GetNamespace", { namespaceName: "stays" })) as { namespace: JsonObject };
    expect(namespace).toMatchObject({ status: "AVAILABLE" });
    expect(namespace).not.toHaveProperty("adminPasswordSecretArn");
    account.warehouse.refusal = undefined;
    await expect(update()).resolves.toMatchObject({ namespace: { adminPasswordSecretArn: expect.any(String) } });
  });

  const role = "arn:aws:iam::123456789012:role/loader";

  test("changes one thing at a time", async () => {
    await account.call("CreateNamespace", { namespaceName: "one", adminUsername: "boss" });
    await expect(
      account.call("UpdateNamespace", { namespaceName: "one", logExports: ["userlog"], iamRoles: [role] }),
    ).rejects.toThrow("can't update multiple configurations at the same time for namespace one");
    await expect(account.call("UpdateNamespace", { namespaceName: "one", adminUsername: "other" })).rejects.toThrow(
      "Specify both the user name and password, or neither.",
    );
  });

  test("changes the default role only with the whole list, and takes both away by empty values", async () => {
    const update = async (change: JsonObject) => {
      await account.call("UpdateNamespace", { namespaceName: "roles", ...change });
      for (;;) {
        const { namespace } = (await account.call("GetNamespace", { namespaceName: "roles" })) as {
          namespace: JsonObject;
        };
        if (namespace.status === "AVAILABLE") return namespace;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await account.call("CreateNamespace", { namespaceName: "roles", iamRoles: [role], defaultIamRoleArn: role });
    await expect(update({ defaultIamRoleArn: "" })).rejects.toThrow(/must specify the entire list/);
    await expect(update({ iamRoles: [] })).rejects.toThrow(/must contain the default IAM role/);
    const after = await update({ iamRoles: [], defaultIamRoleArn: "" });
    expect(after).toMatchObject({ iamRoles: [] });
    expect(after).not.toHaveProperty("defaultIamRoleArn");
  });
});
