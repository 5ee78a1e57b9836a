import type { JsonObject } from "../../aws/json";
import { parametersBefore205, TestAccount } from "./testing";

let account: TestAccount;
beforeEach(async () => {
  account = await TestAccount.open();
});
afterEach(() => account.close());

const list = (parameters: Record<string, string>) =>
  Object.entries(parameters).map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue }));

async function update(parameters: Record<string, string>): Promise<Record<string, string>> {
  await account.call("UpdateWorkgroup", { workgroupName: "wg-one", configParameters: list(parameters) });
  return shown();
}

async function shown(): Promise<Record<string, string>> {
  const { configParameters } = await account.settled("wg-one");
  return Object.fromEntries(
    (configParameters as { parameterKey: string; parameterValue: string }[]).map((each) => [
      each.parameterKey,
      each.parameterValue,
    ]),
  );
}

const wlm_json_configuration = '[{"name":"default"}]';

describe("config parameters", () => {
  test("are shown with what the workgroup's patch brought, though nobody sent it", async () => {
    await account.create("wg-one", { configParameters: list(parametersBefore205) });
    expect(await shown()).toEqual({ ...parametersBefore205, enable_large_strings_opt_in: "false" });
    account.parameters.patch = 204;
    expect(await shown()).toEqual(parametersBefore205);
    await expect(update({ enable_large_strings_opt_in: "true" })).rejects.toThrow(/isn't supported/);
    account.parameters.patch = 205;
    expect(await update({ enable_large_strings_opt_in: "true" })).toMatchObject({
      enable_large_strings_opt_in: "true",
    });
  });

  // What a program with the provider's own argument does at its second update: it sends all of its keys again.
  test("that are not changed are refused", async () => {
    await account.create("wg-one");
    await expect(update(parametersBefore205)).rejects.toMatchObject({
      code: "ValidationException",
      message: "You didn't specify any changes to the configuration parameters.",
    });
    await expect(update({ max_scan_row_count: "-1" })).rejects.toThrow(/didn't specify any changes/);
  });

  test("stay where they are not sent, and limits go by -1 alone", async () => {
    await account.create("wg-one");
    await update({ max_scan_row_count: "5", max_query_queue_time: "6", require_ssl: "false" });
    expect(await update({ max_scan_row_count: "7" })).toMatchObject({
      max_query_queue_time: "6",
      require_ssl: "false",
    });
    const after = await update({ max_scan_row_count: "-1" });
    expect(after).not.toHaveProperty("max_scan_row_count");
    expect(after).toMatchObject({ max_query_queue_time: "6", max_query_execution_time: "14400" });
    await expect(update({ require_ssl: "-1" })).rejects.toThrow(/true or false/);
  });

  test("are either queues or limits: one is refused beside the other", async () => {
    await account.create("wg-one");
    expect(await update({ wlm_json_configuration })).toMatchObject({ wlm_json_configuration });
    await expect(update({ max_scan_row_count: "5" })).rejects.toThrow(/cannot be used together/);
    await update({ wlm_json_configuration: "[]" });
    await update({ max_scan_row_count: "5" });
    await expect(update({ wlm_json_configuration })).rejects.toThrow(/cannot be used together/);
    await expect(update({ wlm_json_configuration, max_scan_row_count: "-1" })).rejects.toThrow(
      /cannot be used together/,
    );
  });

  test("are either queues or limits: one takes the place of the other, by choice", async () => {
    account.parameters.otherForm = "replaced";
    await account.create("wg-one");
    await update({ max_scan_row_count: "5" });
    const queues = await update({ wlm_json_configuration });
    expect(queues).not.toHaveProperty("max_scan_row_count");
    const limits = await update({ max_query_execution_time: "60" });
    expect(limits).toMatchObject({ max_query_execution_time: "60" } satisfies JsonObject);
    expect(limits).not.toHaveProperty("wlm_json_configuration");
  });
});
