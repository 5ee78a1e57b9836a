import type { NormalizedSchema } from "@smithy/core/schema";
import type { Json, JsonObject } from "../aws/json";
import type { Constraint, Constraints } from "./constraints";
import { requiredMembers } from "./schema";
import { writeTime } from "./values/scalars";

export class Mutator {
  constructor(private readonly random: () => number) {}

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  /** Something that fits a schema, as JSON has it: required members, and some of the others. */
  valid(schema: NormalizedSchema, constraints: Constraints, constraint: Constraint = {}, depth = 0): Json {
    const { of } = constraint;
    const shape = of !== undefined && Object.hasOwn(constraints.shapes, of) ? constraints.shapes[of] : undefined;
    const inside = (member: NormalizedSchema, found: Constraint | undefined) =>
      depth > 6 ? {} : this.valid(member, constraints, found, depth + 1);
    if (schema.isListSchema()) {
      const items = schema.getValueSchema();
      return Array.from({ length: Math.max(shape?.min ?? 0, 1) }, () => inside(items, shape?.item));
    }
    if (schema.isMapSchema()) return { key: inside(schema.getValueSchema(), shape?.value) };
    if (!schema.isStructSchema()) return this.scalar(schema, constraint);
    const required = requiredMembers(schema);
    const wanted = [...schema.structIterator()].filter(([name]) => {
      return required.includes(name) || (depth < 3 && this.chance(0.4));
    });
    return Object.fromEntries(wanted.map(([name, member]) => [name, inside(member, shape?.members?.[name])]));
  }

  private scalar(schema: NormalizedSchema, { min = 0, max = 1_000, enum: values }: Constraint): Json {
    if (values) return this.pick(values);
    if (schema.isBooleanSchema()) return this.chance(0.5);
    if (schema.isBlobSchema()) return "AAEC";
    if (schema.isTimestampSchema()) return writeTime(schema, 1_790_000_000, "epoch-seconds");
    if (schema.isNumericSchema()) return Math.min(Math.max(min, Math.floor(this.random() * 100)), max);
    const text = this.pick([
      "a",
      "orders",
      "a-1",
      "0",
      "vpc-1",
      "arn:aws:iam::000000000000:role/x",
      "select 1",
      "{}",
      "%",
    ]);
    return text.padEnd(Math.min(min, 2_000), "a").slice(0, max);
  }

  /** The same input with one or two places changed. */
  mutate(input: JsonObject): Json {
    let result: Json = structuredClone(input);
    for (let times = this.chance(0.3) ? 2 : 1; times > 0; times -= 1) result = this.change(result, 0);
    return result;
  }

  private change(value: Json, depth: number): Json {
    const goOn = this.chance(depth === 0 ? 0.97 : 0.5);
    if (goOn && Array.isArray(value) && value.length > 0) {
      const index = Math.floor(this.random() * value.length);
      return value.map((item, at) => (at === index ? this.change(item, depth + 1) : item));
    }
    if (goOn && typeof value === "object" && value !== null && !Array.isArray(value)) {
      const keys = Object.keys(value);
      if (keys.length > 0 && this.chance(0.9)) {
        const key = this.pick(keys);
        if (this.chance(0.15)) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
        return Object.fromEntries(
          Object.entries(value).map(([name, child]) => [name, name === key ? this.change(child, depth + 1) : child]),
        );
      }
      const added = this.pick(["__proto__", "constructor", "toString", "", "Unknown", "a".repeat(5_000)]);
      return Object.fromEntries([...Object.entries(value), [added, this.oddity()]]);
    }
    return this.oddity();
  }

  private oddity(): Json {
    return this.pick<() => Json>([
      () => null,
      () => 7,
      () => -1,
      () => 1.5,
      () => 2 ** 53,
      () => 1e308,
      () => true,
      () => "",
      () => " ",
      () => "0",
      () => "a".repeat(this.pick([65, 300, 3_000, 70_000])),
      () => "é€𝄞\u0000\u0007\u202e",
      () => "\ud800",
      () => this.pick(["__proto__", "constructor", "toString"]),
      () => "../../etc/passwd",
      () => "'; drop table t; --",
      () => "<&]]>\"'",
      () => "%00%ff",
      () => [],
      () => ["a"],
      () => [null],
      () => [[["a"]]],
      () => ({}),
      () => ({ a: 1 }),
      () => JSON.parse('{"__proto__": {"a": 1}}') as Json,
      () => ({ toString: "x", valueOf: 1, length: -1 }),
    ])();
  }
}

/** An input as parameters of Query, whatever it holds: scalars become text, members take the names of the wire. */
export function asParameters(schema: NormalizedSchema, input: Json, dialect: "query" | "ec2"): URLSearchParams {
  const parameters = new URLSearchParams();
  const write = (member: NormalizedSchema | undefined, value: Json, path: string): void => {
    if (Array.isArray(value)) {
      const items = member?.isListSchema() ? member.getValueSchema() : undefined;
      const flat = dialect === "ec2" || member?.getMergedTraits().xmlFlattened;
      const inside = flat ? path : `${path}.${items?.getMergedTraits().xmlName ?? "member"}`;
      value.forEach((item, index) => {
        write(items, item, `${inside}.${index + 1}`);
      });
      return;
    }
    if (typeof value !== "object" || value === null) {
      parameters.append(path, String(value));
      return;
    }
    const members = new Map(member?.isStructSchema() ? member.structIterator() : []);
    for (const [name, child] of Object.entries(value)) {
      const of = members.get(name);
      const { xmlName = name, ec2QueryName } = of?.getMergedTraits() ?? {};
      const capital = xmlName.slice(0, 1).toUpperCase() + xmlName.slice(1);
      const wire = dialect === "ec2" ? String(ec2QueryName ?? capital) : xmlName;
      write(of, child, path === "" ? wire : `${path}.${wire}`);
    }
  };
  write(schema, input, "");
  return parameters;
}
