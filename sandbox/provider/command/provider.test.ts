import { Unknown, type ValueMap } from "../values";
import { CommandProvider } from "./provider";

const provider = new CommandProvider({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
const target = {
  urn: "u",
  type: "command:local:Command",
  name: "c",
  session: "",
  signal: new AbortController().signal,
};
const properties = (values: ValueMap) => ({ values, secrets: new Set<string>() });
const create = (values: ValueMap, preview = false) => provider.create({ ...target, news: properties(values), preview });

test("runs the command with the sandbox's environment, the program's and its input", async () => {
  const { state } = await create({
    create: 'cat; echo "$AWS_ENDPOINT_URL $WHO"; echo oops >&2',
    stdin: "in ",
    environment: { WHO: "me" },
  });
  expect(state).toMatchObject({ stdout: "in http://127.0.0.1:1 me", stderr: "oops" });
});

test("runs nothing in a preview", async () => {
  expect((await create({ create: "exit 1" }, true)).state.stdout).toBe(Unknown.value);
});

test("a failing command says what it said", async () => {
  await expect(create({ create: "echo said; exit 3" })).rejects.toThrow(
    /exit status 3: running "echo said; exit 3":\nsaid/,
  );
});

test("update and delete see the output of before", async () => {
  const oldState = properties({ stdout: "before" });
  const news = properties({ update: "echo after $PULUMI_COMMAND_STDOUT" });
  const request = { ...target, id: "c", oldState, oldInputs: properties({}), news, ignoreChanges: [], preview: false };
  expect((await provider.update(request)).state.stdout).toBe("after before");
  const gone = properties({ stdout: "x", delete: 'test "$PULUMI_COMMAND_STDOUT" = y' });
  await expect(provider.delete({ ...target, id: "c", state: gone })).rejects.toThrow(/exit status 1/);
});

test("new triggers replace, other changes update, nothing changes nothing", async () => {
  const diff = (oldInputs: ValueMap, news: ValueMap) =>
    provider.diff({
      ...target,
      id: "c",
      oldState: properties({}),
      oldInputs: properties(oldInputs),
      news: properties(news),
      ignoreChanges: [],
    });
  expect((await diff({ create: "a", triggers: [1] }, { create: "b", triggers: [2] })).details).toEqual({
    create: "update",
    triggers: "update-replace",
  });
  expect((await diff({ create: "a" }, { create: "a" })).details).toEqual({});
  expect((await diff({ create: "a" }, { create: Unknown.value })).details).toEqual({ create: "update" });
});
