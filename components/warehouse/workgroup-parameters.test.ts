import { setWorkgroupParameters } from "@redshift-fleet/redshift";
import { type ParametersInputs, WorkgroupParameters } from "./workgroup-parameters";

jest.mock("@redshift-fleet/redshift", () => ({
  ...jest.requireActual("@redshift-fleet/redshift"),
  readWorkgroupParameters: async (_client: unknown, name: string, wanted: Record<string, string>) =>
    name === "gone" ? undefined : { ...wanted, require_ssl: "true" },
  setWorkgroupParameters: jest.fn(async (_client: unknown, _name: string, wanted: Record<string, string>) => wanted),
}));

const { methods } = WorkgroupParameters;
const inputs = (parameters: Record<string, string>, workgroupName = "w"): ParametersInputs => ({
  connection: { region: "us-east-1" },
  workgroupName,
  parameters,
});

test("parameters of the same meaning are no change, others are; another workgroup is another resource", async () => {
  const queues = '[{"name":"a","query_group":["x"]}]';
  const checked = (text: string) =>
    methods.check({} as ParametersInputs, inputs({ require_ssl: "true", wlm_json_configuration: text }));
  const { inputs: news } = await checked(`[ {"query_group": ["x"], "name": "a"} ]`);
  const state = inputs({ wlm_json_configuration: queues, require_ssl: "true" });
  expect(await methods.diff("w", state, news!)).toMatchObject({ changes: false });
  expect(await methods.diff("w", state, (await checked("[]")).inputs!)).toMatchObject({ changes: true, replaces: [] });
  expect(await methods.diff("w", state, { ...state, workgroupName: "v" })).toMatchObject({
    replaces: ["workgroupName"],
  });
});

test("an import takes over what is there as described, and sends nothing", async () => {
  const adopted = await methods.create({ ...inputs({ require_ssl: "true" }), importId: "w" });
  expect(adopted).toMatchObject({ id: "w", outs: { parameters: { require_ssl: "true" } } });
  await expect(methods.create({ ...inputs({ require_ssl: "false" }), importId: "w" })).rejects.toThrow(
    /it is not as described.*parameters: found .*"true".*described as .*"false"/s,
  );
  await expect(methods.create({ ...inputs({}, "gone"), importId: "gone" })).rejects.toThrow(/there is none/);
  expect(setWorkgroupParameters).not.toHaveBeenCalled();
});

test("a refresh shows drift, and that the workgroup is gone", async () => {
  const state = inputs({ require_ssl: "false" });
  expect(await methods.read("w", state)).toMatchObject({ id: "w", props: { parameters: { require_ssl: "true" } } });
  expect(await methods.read("gone", inputs({}, "gone"))).toEqual({ id: "" });
});
