import type { NormalizedSchema } from "@smithy/core/schema";
import { requiredMembers } from "./schema";

const words = ["abc", "a b", "x&y<z>", "ü-1", "k=v", "a/b", "0", "true", "arn:aws:x:y:1:z", "\ttab\n", "€𝄞", "a\r\nb"];
/** What a header, a path or a parameter takes without harm on its way through the client. */
const plain = ["abc", "a-b", "v1", "arn:aws:x:y:1:z"];

/** Random values of a schema, as a caller of the SDK writes them. */
export class Sampler {
  constructor(private readonly random: () => number) {}

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  sample(schema: NormalizedSchema, depth = 0, isPlain = false): unknown {
    const traits = schema.getMergedTraits();
    const bound = traits.httpLabel || traits.httpHeader || traits.httpQuery || traits.httpPrefixHeaders !== undefined;
    const simple = isPlain || Boolean(bound || traits.httpQueryParams);
    if (schema.isUnionSchema()) {
      const members = [...schema.structIterator()];
      if (members.length === 0) return {};
      const [name, member] = this.pick(members);
      return { [name]: this.sample(member, depth + 1) };
    }
    if (schema.isStructSchema()) return this.structure(schema, depth);
    if (schema.isListSchema()) {
      const items = schema.getValueSchema();
      return Array.from({ length: 1 + Math.floor(this.random() * 2) }, () => this.sample(items, depth + 1, simple));
    }
    if (schema.isMapSchema()) {
      const values = schema.getValueSchema();
      return { ka: this.sample(values, depth + 1, simple), kb: this.sample(values, depth + 1, simple) };
    }
    return this.scalar(schema, simple);
  }

  private structure(schema: NormalizedSchema, depth: number): object {
    const required = requiredMembers(schema);
    const members = [...schema.structIterator()].filter(([name, member]) => {
      if (required.includes(name) || member.getMergedTraits().httpLabel) return depth < 16;
      return depth < 4 && this.random() < 0.6;
    });
    const entries = members.map(([name, member]) => [name, this.sample(member, depth + 1)] as const);
    if (entries.length > 0 || depth === 0) return Object.fromEntries(entries);
    // In Query and XML a structure without a member cannot be told from one that is not there.
    const all = [...schema.structIterator()];
    const [name, member] = all.find(([, one]) => !one.isStructSchema() && !one.isListSchema()) ?? all[0] ?? [];
    return name !== undefined && member && depth < 16 ? { [name]: this.sample(member, depth + 1) } : {};
  }

  private scalar(schema: NormalizedSchema, simple: boolean): unknown {
    const { mediaType = "" } = schema.getMergedTraits();
    if (schema.isBlobSchema()) return new Uint8Array([1, 2, Math.floor(this.random() * 255)]);
    if (schema.isTimestampSchema()) return new Date(Math.floor(this.random() * 2e9) * 1_000);
    if (schema.isBooleanSchema()) return this.random() < 0.5;
    if (schema.isNumericSchema()) return Math.floor(this.random() * 1_000);
    if (schema.isBigIntegerSchema()) return 1_234_567_890n;
    if (schema.isBigDecimalSchema()) return undefined;
    if (schema.isDocumentSchema()) return { a: [1, "x", { b: true }] };
    if (/json/.test(mediaType)) return '{"a":1}';
    return this.pick(simple ? plain : words);
  }
}
