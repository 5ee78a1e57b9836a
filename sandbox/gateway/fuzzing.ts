import type { Json, JsonObject } from "../aws/json";
import { type Member, type Model, shapeOf } from "./model";

export class Mutator {
  constructor(private readonly random: () => number) {}

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  /** Something that fits a shape: its required members, and some of the others. */
  valid(model: Model, shape: string, depth = 0): Json {
    const { type, members = {}, required = [], item, value, min = 0 } = shapeOf(model, shape);
    if (type === "list") {
      return Array.from({ length: Math.max(min, 1) }, () => this.member(model, item!, depth + 1));
    }
    if (type === "map") return { key: this.member(model, value!, depth + 1) };
    const wanted = Object.entries(members).filter(([name]) => {
      return required.includes(name) || (depth < 3 && this.chance(0.4));
    });
    return Object.fromEntries(wanted.map(([name, member]) => [name, this.member(model, member, depth + 1)]));
  }

  private member(model: Model, member: Member, depth: number): Json {
    if (member.of !== undefined) return depth > 6 ? {} : this.valid(model, member.of, depth);
    const { type, min = 0, max = 1_000, enum: values, format } = member;
    if (values) return this.pick(values);
    if (type === "boolean") return this.chance(0.5);
    if (type === "blob") return "AAEC";
    if (type === "timestamp") return format === "epoch" ? 1_790_000_000 : "2026-11-29T12:00:00Z";
    if (type !== "string") return Math.min(Math.max(min, Math.floor(this.random() * 100)), max);
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
export function asParameters(model: Model, shape: string, input: Json, dialect: "query" | "ec2"): URLSearchParams {
  const parameters = new URLSearchParams();
  const write = (member: Member | undefined, value: Json, path: string): void => {
    const known = member?.of === undefined ? undefined : shapeOf(model, member.of);
    if (Array.isArray(value)) {
      const inside = dialect === "ec2" || known?.flat ? path : `${path}.${known?.item?.wire ?? "member"}`;
      value.forEach((item, index) => {
        write(known?.item, item, `${inside}.${index + 1}`);
      });
      return;
    }
    if (typeof value !== "object" || value === null) {
      parameters.append(path, String(value));
      return;
    }
    for (const [name, child] of Object.entries(value)) {
      const of = known?.members && Object.hasOwn(known.members, name) ? known.members[name] : undefined;
      const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
      const wire = dialect === "ec2" ? (of?.queryWire ?? capital(of?.wire ?? name)) : (of?.wire ?? name);
      write(of, child, path === "" ? wire : `${path}.${wire}`);
    }
  };
  write({ of: shape }, input, "");
  return parameters;
}
