import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { lifecycles } from "../dynamic";
import { type Lifecycle, lifecycleMethods } from "./lifecycle";

interface Inputs {
  place: string;
  size: number;
  note?: string;
  minted?: string;
}
interface State extends Inputs {
  broken: boolean;
}

/** One thing in a world of things, and what was done to it. */
function world(existing: Record<string, State> = {}) {
  const done: string[] = [];
  const lifecycle: Lifecycle<Inputs, State> = {
    title: "thing",
    fields: { place: "identity", size: "compared", note: "ignored", minted: "compared", broken: "found" },
    id: ({ place }) => place,
    faults: ({ size }) =>
      size !== undefined && size < 0
        ? [{ path: "size", value: size, rule: "must not be negative", remedy: "Raise it" }]
        : [],
    normalise: (inputs, olds) => ({ ...inputs, minted: olds.minted ?? "new" }),
    needsRepair: (state) => state.broken,
    collides: (state, inputs) => state.size === inputs.size,
    create: async (_redshift, inputs) => {
      done.push(`create ${inputs.place}`);
      existing[inputs.place] = { ...inputs, broken: false };
      return existing[inputs.place]!;
    },
    read: async (_redshift, state) => existing[state.place],
    update: async (_redshift, _state, inputs) => ({ ...inputs, broken: false }),
    remove: async (_redshift, state) => void delete existing[state.place],
  };
  return { methods: lifecycleMethods(lifecycle), done };
}

const state: State = { place: "a", size: 1, note: "x", minted: "m", broken: false };

test("equal inputs are no change, whatever else the state holds", async () => {
  const { methods } = world();
  expect(await methods.diff("a", state, { minted: "m", note: "y", size: 1, place: "a" })).toEqual({
    changes: false,
    replaces: [],
    deleteBeforeReplace: false,
  });
});

test("a change updates, another identity replaces, a broken state repairs", async () => {
  const { methods } = world();
  expect(await methods.diff("a", state, { ...state, size: 2 })).toMatchObject({ changes: true, replaces: [] });
  expect(await methods.diff("a", state, { ...state, place: "b" })).toMatchObject({
    changes: true,
    replaces: ["place"],
    deleteBeforeReplace: true,
  });
  expect(await methods.diff("a", { ...state, broken: true }, state)).toMatchObject({ changes: true, replaces: [] });
});

test("unknown inputs are a change, and an unknown identity a replacement", async () => {
  const { methods } = world();
  const unknown = unknownValue as never;
  expect(await methods.diff("a", state, { ...state, size: unknown })).toMatchObject({ changes: true, replaces: [] });
  expect(await methods.diff("a", state, { ...state, place: unknown })).toMatchObject({
    changes: true,
    replaces: ["place"],
  });
});

test("a check says what is wrong with what is known, and keeps what was made up once", async () => {
  const { methods } = world();
  const failing = await methods.check({} as Inputs, { place: unknownValue, size: -1 });
  expect(failing.failures).toEqual([{ property: "size", reason: "size must not be negative, but got -1. Raise it." }]);
  expect((await methods.check({} as Inputs, { place: "a", size: unknownValue as never })).failures).toEqual([]);
  expect((await methods.check({ minted: "old" } as Inputs, { place: "a", size: 1 })).inputs?.minted).toBe("old");
  expect((await methods.check({} as Inputs, { place: "a", size: 1 })).inputs?.minted).toBe("new");
});

test("reading gives state and inputs, or nothing when it is gone", async () => {
  const { methods } = world({ a: state });
  const { broken, ...inputs } = state;
  expect(broken).toBe(false);
  expect(await methods.read("a", state)).toEqual({ id: "a", props: state, inputs });
  expect(await methods.read("b", { ...state, place: "b" })).toEqual({ id: "" });
});

describe("import", () => {
  const { broken: _, ...inputs } = state;

  test("takes over what exists as described, without doing anything, and shows no difference later", async () => {
    const { methods, done } = world({ a: { ...state } });
    const { outs, id } = await methods.create({ ...inputs, importId: "a" });
    expect(id).toBe("a");
    expect(done).toEqual([]);
    expect(await methods.diff("a", outs!, inputs)).toMatchObject({ changes: false });
  });

  test.each([
    [{ ...inputs, importId: "b" }, /these inputs describe a/],
    [{ ...inputs, place: "c", importId: "c" }, /there is none/],
    [{ ...inputs, size: 9, importId: "a" }, /size: found 1, described as 9/],
  ])("refuses %j", async (given, message) => {
    const { methods, done } = world({ a: { ...state } });
    await expect(methods.create(given)).rejects.toThrow(message);
    expect(done).toEqual([]);
  });
});

test("a preview of anything calls nothing", async () => {
  const target = { workgroupName: unknownValue, database: "fleet", secretArn: unknownValue };
  const everything = {
    connection: {},
    target,
    namespaceId: unknownValue,
    incarnation: unknownValue,
    database: "d",
    share: "s",
  };
  const before = { send: jest.fn() };
  jest.spyOn(globalThis, "fetch").mockImplementation(before.send);
  for (const methods of [lifecycles.grant, lifecycles.consumerDatabase]) {
    const inputs = {
      ...everything,
      consumerNamespaceId: unknownValue,
      producerNamespaceId: unknownValue,
      withPermissions: false,
    };
    const checked = await methods.check({} as never, inputs as never);
    expect(checked.failures).toEqual([]);
    expect((await methods.diff("x", inputs as never, inputs as never)).changes).toBe(true);
  }
  expect(before.send).not.toHaveBeenCalled();
});

describe("a share that is only altered", () => {
  const guid = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
  const place = { connection: {}, target: { workgroupName: "w", database: "fleet", secretArn: "s" } };
  const state = { ...place, namespaceId: guid(1), share: "airline", consumerNamespaceId: guid(2), incarnation: "i" };
  const previewed = async (given: object) => {
    const { inputs } = await lifecycles.grant.check(state as never, { ...state, ...given } as never);
    return { inputs, ...(await lifecycles.grant.diff("id", state as never, inputs as never)) };
  };

  test("leaves its grants as they are, whose incarnation no preview knows", async () => {
    expect(await previewed({ incarnation: unknownValue, shareId: "w/fleet/airline" })).toMatchObject({
      inputs: state,
      changes: false,
    });
  });

  test("while one that is made anew does not", async () => {
    expect(await previewed({ incarnation: unknownValue, shareId: unknownValue })).toMatchObject({ changes: true });
    expect(await previewed({ incarnation: "j", shareId: "w/fleet/airline" })).toMatchObject({ changes: true });
  });

  test("is compared with the catalog again when other schema files were applied: an update, no replacement", async () => {
    const former = { ...place, namespaceId: guid(1), share: "airline", publicAccessible: false, schemas: {} };
    const kept = { ...former, incarnation: "i", sourceDatabase: "fleet" };
    const diff = async (before: object, revision: string) => {
      const { inputs } = await lifecycles.datashare.check(before as never, { ...former, revision } as never);
      return lifecycles.datashare.diff("id", before as never, inputs as never);
    };
    expect(await diff({ ...kept, revision: "1 tables" }, "2 items")).toMatchObject({ changes: true, replaces: [] });
    expect(await diff({ ...kept, revision: "1 tables" }, "1 tables")).toMatchObject({ changes: false });
    expect(await diff(kept, "1 tables")).toMatchObject({ changes: true, replaces: [] });
  });
});

test("access whose state does not tell the digest of its passwords is updated, and shows that property alone", async () => {
  const inputs = {
    connection: {},
    target: { workgroupName: "w", database: "d", secretArn: "s" },
    namespaceId: "0f6b1d4e-8a86-4a2a-9d3b-8d1c7e1f0a11",
    access: { roles: [], users: [], withPermissions: [] },
    secretArns: {},
    passwordGenerations: {},
    incarnations: [],
    passwordDigest: "md5" as const,
  };
  const { passwordDigest: _, ...former } = { ...inputs, lockedOut: [], publicMayCreate: false };
  const diff = (state: object) => lifecycles.access.diff("x", state as never, inputs);
  expect(await diff(former)).toMatchObject({ changes: true, replaces: [] });
  expect(await diff({ ...former, passwordDigest: "sha256" })).toMatchObject({ changes: true, replaces: [] });
  expect(await diff({ ...former, passwordDigest: "md5" })).toMatchObject({ changes: false });
});

test("a consumer's database gives way to its successor: under the same name, or over the same datashare", async () => {
  const guid = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
  const state = {
    connection: {},
    target: { workgroupName: "w", database: "fleet", secretArn: "s" },
    namespaceId: guid(1),
    database: "airline",
    share: "airline",
    producerNamespaceId: guid(2),
    withPermissions: false,
    incarnation: "i",
  };
  const diff = (change: Partial<typeof state>) =>
    lifecycles.consumerDatabase.diff("id", state, { ...state, ...change });
  expect(await diff({ database: "air2" })).toMatchObject({ replaces: ["database"], deleteBeforeReplace: true });
  expect(await diff({ share: "other" })).toMatchObject({ replaces: ["share"], deleteBeforeReplace: true });
  expect(await diff({ database: "air2", share: "other" })).toMatchObject({ deleteBeforeReplace: false });
  expect(await diff({ namespaceId: guid(3) })).toMatchObject({ deleteBeforeReplace: false });
});

test("a warehouse with data is not replaced unless that is allowed; a state that names none is no reason", async () => {
  const inputs = (more: object) => ({
    connection: {},
    target: { workgroupName: "w", database: "d", secretArn: "s" },
    namespaceId: "0f6b1d4e-8a86-4a2a-9d3b-8d1c7e1f0a11",
    directory: "schema",
    files: [],
    ...more,
  });
  const reasons = async (olds: object, news: object) =>
    (await lifecycles.migrations.check(inputs(olds), inputs({ ...news, namespaceId: unknownValue }))).failures;
  expect((await reasons({ warehouse: "old" }, { warehouse: "new", replaceable: false }))?.[0]?.reason).toMatch(
    /must stay old, .*: .*begins empty.*but got "new".*create-snapshot --namespace-name old/,
  );
  expect(await reasons({ warehouse: "old" }, { warehouse: "new", replaceable: true })).toEqual([]);
  expect(await reasons({ warehouse: "old" }, { warehouse: "old", replaceable: false })).toEqual([]);
  expect(await reasons({}, { warehouse: "new", replaceable: false })).toEqual([]);
});

test("an edited schema file is refused at preview, naming both checksums", async () => {
  const file = (checksum: string) => ({ version: 1, name: "tables", checksum });
  const inputs = (checksum: string) => ({
    connection: {},
    target: { workgroupName: "w", database: "d", secretArn: "s" },
    namespaceId: "0f6b1d4e-8a86-4a2a-9d3b-8d1c7e1f0a11",
    directory: "schema",
    files: [file(checksum)],
  });
  const { failures } = await lifecycles.migrations.check(inputs("aaa"), inputs("bbb"));
  expect(failures?.[0]?.reason).toMatch(
    /0001_tables\.sql must stay as it was applied, with checksum aaa, but got "bbb"/,
  );
});
