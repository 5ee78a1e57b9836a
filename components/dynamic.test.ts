import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { type TransformOptions, transformSync } from "esbuild";
import { lifecycles } from "./dynamic";

// States as stacks have them that were deployed before today: another key, or one that is compared though it was not,
// would show every user a change that nobody made.

const guid = (digit: string) =>
  `${digit.repeat(8)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(12)}`;
const connection = { region: "us-east-1" };
const target = {
  workgroupName: "fleet-producer",
  database: "fleet",
  secretArn: "arn:aws:secretsmanager:us-east-1:1:secret:a",
};
const on = { connection, target, namespaceId: guid("1") };
const targetGroupArn = "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/t/1";
const subnets = [{ az: "us-east-1a", cidr: "10.0.0.0/23" }];

/** By the name in the state's code: what the program gives, and what the state has besides. */
const deployed: Record<
  string,
  { inputs: Record<string, unknown>; found?: object; unkept?: object; identity: string[] }
> = {
  datashare: {
    inputs: {
      ...on,
      share: "sales",
      publicAccessible: false,
      schemas: { shop: { tables: "all", functions: "all", includeNew: true } },
      revision: "r1",
    },
    found: { incarnation: "0a1b2c3d", sourceDatabase: "fleet" },
    identity: ["namespaceId", "share"],
  },
  grant: {
    inputs: { ...on, share: "sales", consumerNamespaceId: guid("2"), incarnation: "0a1b2c3d" },
    unkept: { shareId: "fleet-producer/fleet/sales" },
    identity: ["namespaceId", "share", "consumerNamespaceId"],
  },
  consumerDatabase: {
    inputs: {
      ...on,
      database: "sales",
      share: "sales",
      producerNamespaceId: guid("2"),
      withPermissions: true,
      incarnation: "0a1b2c3d",
    },
    identity: ["namespaceId", "database", "share", "producerNamespaceId", "withPermissions"],
  },
  secret: {
    inputs: {
      connection,
      secretName: "fleet/readers/bi",
      username: "bi",
      kmsKeyId: "arn:aws:kms:us-east-1:1:key/k",
      host: "nlb.example",
      port: 5439,
      database: "fleet",
      passwordGeneration: 1,
      recoveryDays: 7,
    },
    found: { secretArn: "arn:aws:secretsmanager:us-east-1:1:secret:b", usable: true },
    identity: ["secretName"],
  },
  access: {
    inputs: {
      ...on,
      access: {
        roles: [{ name: "reader", databases: ["sales"] }],
        users: [{ name: "bi", roles: ["reader"] }],
        withPermissions: [],
      },
      secretArns: { bi: "arn:aws:secretsmanager:us-east-1:1:secret:b" },
      passwordGenerations: { bi: 1 },
      passwordDigest: "sha256",
      incarnations: ["0a1b2c3d"],
    },
    found: { lockedOut: [], publicMayCreate: false },
    identity: ["namespaceId"],
  },
  migrations: {
    inputs: {
      ...on,
      directory: "schema",
      files: [{ version: 1, name: "tables", checksum: "aaa" }],
      warehouse: "fleet-producer",
      replaceable: false,
    },
    identity: ["namespaceId"],
  },
  drain: {
    inputs: { connection, targetGroupArn, addresses: ["10.0.0.9"], delaySeconds: 30 },
    identity: ["targetGroupArn", "addresses"],
  },
  health: {
    inputs: { connection, targetGroupArn, addresses: ["10.0.0.9"], deadlineSeconds: 900 },
    identity: ["targetGroupArn"],
  },
  parameters: {
    inputs: { connection, workgroupName: "fleet-producer", parameters: { require_ssl: "true" } },
    identity: ["workgroupName"],
  },
  placement: {
    inputs: {
      accountId: "1",
      region: "us-east-1",
      namePrefix: "fleet-prod",
      vpc: "10.0.0.0/16",
      subnets,
      warehouseSubnets: subnets,
      balanced: true,
      endpoints: 9,
      spareEndpoints: 30,
    },
    identity: [],
  },
};

/** The methods by a name that only the state knows, as the process for dynamic resources calls them. */
const methodsOf = (name: string): (typeof lifecycles)["placement"] => Reflect.get(lifecycles, name);

test("every resource is among these states", () => {
  expect(Object.keys(deployed).sort()).toEqual(Object.keys(lifecycles).sort());
});

test.each(Object.keys(deployed))("%s: a deployed state is as its program says, with the same keys", async (name) => {
  const { inputs, found = {}, unkept = {}, identity } = deployed[name]!;
  const { check, diff } = methodsOf(name);
  const state = { ...inputs, ...found } as never;
  const checked = await check(state, { ...inputs, ...unkept } as never);
  expect(checked.failures).toEqual([]);
  const computed = "incarnation" in found ? ["incarnation"] : [];
  expect(Object.keys(checked.inputs!).sort()).toEqual([...Object.keys(inputs), ...computed].sort());
  expect(await diff("id", state, checked.inputs!)).toEqual({
    changes: false,
    replaces: [],
    deleteBeforeReplace: false,
  });
  const elsewhere = Object.fromEntries(Object.entries(checked.inputs!).map(([key]) => [key, "another"]));
  expect((await diff("id", state, elsewhere as never)).replaces).toEqual(identity);
});

test("each is named as its class says, and every file with such a class is there", () => {
  const files = fs.readdirSync(__dirname, { recursive: true, encoding: "utf8" });
  const kinds = files
    .filter((file) => /^[^/]+\/.*(?<!\.test)\.ts$/.test(file) && !file.startsWith("lifecycle/"))
    .flatMap((file) => [
      ...fs.readFileSync(path.join(__dirname, file), "utf8").matchAll(/extends dynamicResource<[^(]*\(\s*"(\w+)"/g),
    ])
    .map(([, kind]) => kind);
  expect(kinds.sort()).toEqual(Object.keys(lifecycles).sort());
});

test("operations are loaded where modules know no dynamic import, as in the process for dynamic resources", async () => {
  const { output } = jest.requireActual<{ output: TransformOptions }>("../scripts/build.cjs");
  const { code } = transformSync('module.exports = () => import("node:path")', output);
  const found = { exports: (): unknown => undefined };
  vm.runInNewContext(code, { module: found, require });
  expect(await found.exports()).toHaveProperty("join");
});

test("the code in states leads to them", () => {
  const manifest = JSON.parse(fs.readFileSync(path.join(__dirname, "package.json"), "utf8"));
  expect(manifest.files).toContain("dist/lifecycle/index.js");
  expect(manifest.source).toContainEqual({ in: "dynamic.ts", out: "lifecycle/index" });
});
