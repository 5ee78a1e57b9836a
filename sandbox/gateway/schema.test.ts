import type { NormalizedSchema } from "@smithy/core/schema";
import { type Constraint, type Constraints, constraintsOf } from "./constraints";
import { isService, type ServiceName, schemaOf, spoken } from "./services";

const services = Object.keys(spoken).filter(isService);

test.each(services)("what is known of %s before its client is loaded is what that says", async (name) => {
  const { protocol, target, operations } = await schemaOf(name);
  expect(spoken[name]!.form).toBe(/json/i.test(protocol) ? "json" : "xml");
  expect(spoken[name]!.target).toBe(/json1_/i.test(protocol) && protocol.startsWith("aws") ? target : undefined);
  expect(operations.size).toBeGreaterThan(5);
});

/** Constraints of what the SDK's schema has not. */
function strangers(constraints: Constraints, constraint: Constraint, schema: NormalizedSchema, path: string): string[] {
  const seen = new Set<string>();
  const look = ({ of, whole }: Constraint, member: NormalizedSchema, at: string): string[] => {
    if (whole !== undefined && !member.isNumericSchema()) return [`${at} is no number for the SDK`];
    if (of === undefined || seen.has(of)) return [];
    seen.add(of);
    const { members, item, key, value } = constraints.shapes[of] ?? {};
    const inside = [item, value].flatMap((found) => (found ? look(found, member.getValueSchema(), `${at}[]`) : []));
    const keys = key ? look(key, member.getKeySchema(), `${at}{}`) : [];
    const names = new Map(members ? member.structIterator() : []);
    const named = Object.entries(members ?? {}).flatMap(([name, found]) => {
      const known = names.get(name);
      // The models of the constraints may be newer than the SDK.
      return known ? look(found, known, `${at}.${name}`) : [];
    });
    return [...inside, ...keys, ...named];
  };
  return look(constraint, schema, path);
}

test.each(services)("the constraints of %s fit the SDK's schemas", async (name) => {
  const [schema, constraints] = await Promise.all([schemaOf(name), constraintsOf(name)]);
  const found = Object.entries(constraints.operations).flatMap(([operation, of]) => {
    const input = schema.operations.get(operation)?.input;
    return input ? strangers(constraints, { of }, input, operation) : [];
  });
  expect(found).toEqual([]);
});

test("a service's client is loaded once, when it is first asked for", async () => {
  const first = schemaOf("sts" satisfies ServiceName);
  expect(schemaOf("sts")).toBe(first);
  expect((await first).operations.get("AssumeRole")?.input).toBeDefined();
});
