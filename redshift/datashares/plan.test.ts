import fc from "fast-check";
import type { SourceObjects } from "../catalog/source-objects";
import {
  type DatashareDefinition,
  datashareFaults,
  describeSchemas,
  type ObservedDatashare,
  observedSchemas,
  undeclaredFaults,
} from "./model";
import { MissingObjectsError, planDatashare } from "./plan";

const source: SourceObjects = new Map([
  ["sales", { tables: ["items", "orders", "views"], functions: ["f(integer)", "g()"] }],
  ["hr", { tables: ["people"], functions: [] }],
  ["empty", { tables: [], functions: [] }],
]);

const define = (schemas: DatashareDefinition["schemas"], publicAccessible = false): DatashareDefinition => ({
  share: "s",
  publicAccessible,
  schemas,
});

/** A producer that understands the statements, so that plans can be carried out. */
class Model {
  share: ObservedDatashare | undefined;

  run(statement: string): void {
    const create = /^CREATE DATASHARE "s" SET PUBLICACCESSIBLE (TRUE|FALSE)$/.exec(statement);
    if (create) {
      if (this.share) throw new Error("exists");
      this.share = { sourceDatabase: "fleet", publicAccessible: create[1] === "TRUE", schemas: new Map() };
      return;
    }
    const share = this.share;
    const alter = /^ALTER DATASHARE "s" (.*)$/.exec(statement)?.[1];
    if (!share || !alter) throw new Error(`not understood: ${statement}`);
    const names = [...alter.matchAll(/"(\w+)"(?:\."(\w+)"(\([^)]*\))?)?/g)].map(
      (match) => [match[1]!, `${match[2]}${match[3] ?? ""}`] as const,
    );
    const of = (schema: string) => {
      const found = share.schemas.get(schema);
      if (!found) throw new Error(`schema ${schema} is not in the share: ${statement}`);
      return found;
    };
    const schema = names[0]?.[0] ?? "";
    const put = (set: Set<string>, name: string) => {
      if (set.has(name)) throw new Error(`already shared: ${statement}`);
      set.add(name);
    };
    if (alter.startsWith("SET PUBLICACCESSIBLE")) share.publicAccessible = alter.endsWith("TRUE");
    else if (alter.startsWith("SET INCLUDENEW")) of(schema).includeNew = alter.includes("= TRUE");
    else if (alter.startsWith("ADD SCHEMA"))
      share.schemas.set(schema, { tables: new Set(), functions: new Set(), includeNew: false });
    else if (alter.startsWith("REMOVE SCHEMA")) {
      const { tables, functions } = of(schema);
      if (tables.size + functions.size > 0) throw new Error("schema still has objects");
      share.schemas.delete(schema);
    } else if (alter.startsWith("ADD ALL TABLES"))
      for (const table of source.get(schema)!.tables) put(of(schema).tables, table);
    else if (alter.startsWith("ADD ALL FUNCTIONS"))
      for (const name of source.get(schema)!.functions) put(of(schema).functions, name);
    else if (alter.startsWith("ADD TABLE")) for (const [own, table] of names) put(of(own).tables, table);
    else if (alter.startsWith("ADD FUNCTION")) for (const [own, name] of names) put(of(own).functions, name);
    else if (alter.startsWith("REMOVE TABLE")) for (const [own, table] of names) of(own).tables.delete(table);
    else if (alter.startsWith("REMOVE FUNCTION")) for (const [own, name] of names) of(own).functions.delete(name);
    else throw new Error(`not understood: ${statement}`);
  }
}

const names = (all: readonly string[]) => fc.oneof(fc.constant("all" as const), fc.subarray([...all]));
const schemaOf = (name: string) =>
  fc
    .record({
      tables: names(source.get(name)!.tables),
      functions: names(source.get(name)!.functions),
      includeNew: fc.boolean(),
    })
    .map((schema) => ({
      ...schema,
      includeNew: schema.includeNew && schema.tables === "all" && schema.functions === "all",
    }));
const definition = fc
  .record({ sales: schemaOf("sales"), hr: schemaOf("hr"), empty: schemaOf("empty") }, { requiredKeys: [] })
  .chain((schemas) => fc.boolean().map((open) => define(schemas, open)));

test("a plan leads to what was wanted, the next is empty, and one cut short anywhere is continued", () => {
  fc.assert(
    fc.property(fc.array(definition, { minLength: 1, maxLength: 4 }), fc.infiniteStream(fc.nat(6)), (wanted, cuts) => {
      const model = new Model();
      for (const each of wanted) {
        for (let attempt = 0; attempt < 3; attempt++) {
          const killedAfter = cuts.next().value;
          for (const statement of planDatashare(each, model.share, source).slice(0, killedAfter)) model.run(statement);
        }
        for (const statement of planDatashare(each, model.share, source)) model.run(statement);
        expect(planDatashare(each, model.share, source)).toEqual([]);
        expect(model.share?.publicAccessible).toBe(each.publicAccessible);
        expect(describeSchemas(model.share!, source, each.schemas)).toEqual(
          Object.fromEntries(
            Object.entries(each.schemas).map(([name, schema]) => [
              name,
              { ...schema, tables: sorted(schema.tables), functions: sorted(schema.functions) },
            ]),
          ),
        );
      }
    }),
    { numRuns: 300 },
  );
});

const sorted = (list: "all" | string[]) => (list === "all" ? list : [...list].sort());

test("a first plan says everything once", () => {
  expect(
    planDatashare(define({ sales: { tables: "all", functions: "all", includeNew: true } }), undefined, source),
  ).toEqual([
    'CREATE DATASHARE "s" SET PUBLICACCESSIBLE FALSE',
    'ALTER DATASHARE "s" ADD SCHEMA "sales"',
    'ALTER DATASHARE "s" ADD ALL TABLES IN SCHEMA "sales"',
    'ALTER DATASHARE "s" ADD ALL FUNCTIONS IN SCHEMA "sales"',
    'ALTER DATASHARE "s" SET INCLUDENEW = TRUE FOR SCHEMA "sales"',
  ]);
});

function shared(tables: string[], includeNew = false): ObservedDatashare {
  return {
    sourceDatabase: "fleet",
    publicAccessible: false,
    schemas: new Map([["sales", { tables: new Set(tables), functions: new Set(), includeNew }]]),
  };
}

test("a table removed by hand is the only thing put back", () => {
  const wanted = define({ sales: { tables: "all", functions: [], includeNew: false } });
  expect(planDatashare(wanted, shared(["items", "views"]), source)).toEqual([
    'ALTER DATASHARE "s" ADD TABLE "sales"."orders"',
  ]);
  expect(describeSchemas(shared(["items", "views"]), source, wanted.schemas).sales?.tables).toEqual(["items", "views"]);
});

test("what is no longer wanted goes before its schema does, new objects stop first", () => {
  expect(planDatashare(define({}), shared(["orders", "items"], true), source)).toEqual([
    'ALTER DATASHARE "s" SET INCLUDENEW = FALSE FOR SCHEMA "sales"',
    'ALTER DATASHARE "s" REMOVE TABLE "sales"."items", "sales"."orders"',
    'ALTER DATASHARE "s" REMOVE SCHEMA "sales"',
  ]);
});

test("what the database lacks is refused before anything is sent, all at once", () => {
  const wanted = define({
    sales: { tables: ["orders", "ordrs"], functions: ["h()"], includeNew: false },
    marketing: { tables: "all", functions: [], includeNew: false },
  });
  expect(() => planDatashare(wanted, undefined, source)).toThrow(MissingObjectsError);
  expect(() => planDatashare(wanted, undefined, source)).toThrow(
    /table sales\.ordrs, function sales\.h\(\), schema marketing/,
  );
});

test("the catalog's rows are sorted into schemas", () => {
  const schemas = observedSchemas([
    { type: "schema", name: "sales", includeNew: true },
    { type: "table", name: "sales.orders", includeNew: false },
    { type: "late binding view", name: "sales.v", includeNew: false },
    { type: "function", name: "sales.f( INTEGER,varchar )", includeNew: false },
  ]);
  expect(schemas.get("sales")).toEqual({
    tables: new Set(["orders", "v"]),
    functions: new Set(["f(integer, varchar)"]),
    includeNew: true,
  });
});

test("every fault of a definition is found at once", () => {
  const faults = datashareFaults({
    share: 'x"; DROP TABLE y; --',
    publicAccessible: false,
    schemas: { Sales: { tables: ["a b"], functions: ["f(int"], includeNew: true } },
  });
  expect(faults.map((fault) => fault.path)).toEqual([
    "shareName",
    "schemas.Sales",
    "schemas.Sales.includeNew",
    "schemas.Sales.tables[0]",
    "schemas.Sales.functions[0]",
  ]);
});

test("a share of what the schema files do not make, or what cannot be shared, is a fault", () => {
  const declared = new Map([
    [
      "sales",
      new Map([
        ["orders", { shareable: true }],
        ["log", { shareable: false, reason: "it is interleaved" }],
      ]),
    ],
  ]);
  const faults = undeclaredFaults(
    {
      sales: { tables: ["orders", "nope", "log"], functions: [], includeNew: false },
      hr: { tables: "all", functions: [], includeNew: false },
    },
    declared,
  );
  expect(faults.map((fault) => fault.path)).toEqual([
    "schemas.sales.tables[1]",
    "schemas.sales.tables[2]",
    "schemas.hr",
  ]);
  expect(faults[1]?.rule).toContain("interleaved");
  expect(undeclaredFaults({ sales: { tables: "all", functions: [], includeNew: false } }, declared)[0]?.rule).toContain(
    "sales.log",
  );
});
