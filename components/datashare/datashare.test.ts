import * as pulumi from "@pulumi/pulumi";
import type { WarehouseTarget } from "../warehouse-target";
import { Datashare, type DatashareArgs } from "./datashare";

const created: pulumi.runtime.MockResourceArgs[] = [];
const settled = () => new Promise((resolve) => setTimeout(resolve, 200));

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource(args) {
      created.push(args);
      return {
        id: `${args.name}-id`,
        state: { ...args.inputs, secretArn: "arn:secret", incarnation: "abc", sourceDatabase: "fleet" },
      };
    },
    call: () => ({}),
  }),
);
beforeEach(() => {
  created.length = 0;
});

const guid = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const warehouse = (name: string, digit: number): WarehouseTarget => ({
  name,
  namespaceId: guid(digit),
  workgroupName: `wg-${name}`,
  database: "fleet",
  adminSecretArn: `arn:${name}`,
});
const args: DatashareArgs = {
  producer: warehouse("producer", 1),
  schemas: { airline: { includeNew: true } },
  consumers: [warehouse("pool-1", 2), warehouse("pool-2", 3)],
};
const named = (name: string) => created.find((each) => each.name === name)!;
const dynamic = () =>
  created
    .filter((each) => each.type.startsWith("pulumi-nodejs:dynamic"))
    .map((each) => each.name)
    .sort();

test("a share has a grant and a database for each consumer, and is never public by default", async () => {
  const share = new Datashare("airline", args);
  await settled();
  expect(dynamic()).toEqual([
    "airline-database-pool-1",
    "airline-database-pool-2",
    "airline-grant-pool-1",
    "airline-grant-pool-2",
    "airline-share",
  ]);
  expect(named("airline-share").inputs).toMatchObject({
    share: "airline",
    publicAccessible: false,
    schemas: { airline: { tables: "all", functions: "all", includeNew: true } },
    target: { workgroupName: "wg-producer", database: "fleet", secretArn: "arn:producer" },
  });
  expect(named("airline-database-pool-2").inputs).toMatchObject({
    namespaceId: guid(3),
    producerNamespaceId: guid(1),
    database: "airline",
    withPermissions: false,
    target: { workgroupName: "wg-pool-2" },
  });
  expect(share.resourcesOn("pool-1")).toHaveLength(2);
  expect(() => share.resourcesOn("nobody")).toThrow(/pool-1, pool-2/);
});

test("what is inside a namespace goes with it; the grant is the producer's", async () => {
  class Namespace extends pulumi.Resource {}
  const [producing, consuming] = ["producer", "consumer"].map((name) => new Namespace("t:i:Namespace", name, true));
  const goesWith: Record<string, pulumi.Resource | undefined> = {};
  new Datashare(
    "airline",
    {
      ...args,
      producer: { ...args.producer, namespace: producing },
      consumers: [{ ...args.consumers[0]!, namespace: consuming }, args.consumers[1]!],
    },
    {
      transformations: [
        ({ name, opts }) => {
          goesWith[name] = opts.deletedWith;
          return undefined;
        },
      ],
    },
  );
  await settled();
  expect(goesWith).toEqual({
    airline: undefined,
    "airline-share": producing,
    "airline-grant-pool-1": producing,
    "airline-grant-pool-2": producing,
    "airline-database-pool-1": consuming,
    // Nobody deletes the namespace of a warehouse that was there before.
    "airline-database-pool-2": undefined,
  });
});

test("what every resource keeps of its code is one line", async () => {
  new Datashare("airline", args);
  await settled();
  for (const each of created.filter(({ name }) => dynamic().includes(name))) {
    expect(each.inputs.__provider).toMatch(
      /^exports\.handler = \(\) => require\("@redshift-fleet\/components\/dist\/lifecycle\/index\.js"\)\.lifecycles\.\w+;$/,
    );
  }
});

test("every fault of the arguments is told before anything is created", async () => {
  const wrong = () =>
    new Datashare("airline", {
      ...args,
      shareName: 'x"; DROP DATABASE fleet; --',
      consumerDatabase: "fleet",
      consumers: [...args.consumers, args.consumers[0]!],
      declared: new Map([["sales", new Map()]]),
    });
  expect(wrong).toThrow(pulumi.InputPropertiesError);
  expect(wrong).toThrow(/shareName[\s\S]*consumer must occur once[\s\S]*schemas\.airline[\s\S]*consumerDatabase/);
  await settled();
  expect(dynamic()).toEqual([]);
});

test("an import id becomes an input, for the engine cannot import these itself", async () => {
  const { DatashareGrant } = await import("./datashare-grant");
  new DatashareGrant(
    "adopted",
    {
      connection: {},
      target: { database: "d", secretArn: "s" },
      namespaceId: guid(1),
      share: "s",
      consumerNamespaceId: guid(2),
      incarnation: "i",
    },
    { import: "wg/d/s/guid" },
  );
  await settled();
  expect(named("adopted").inputs.importId).toBe("wg/d/s/guid");
});
