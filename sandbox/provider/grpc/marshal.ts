import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isMap, isUnknown, Unknown, type Value, type ValueMap } from "../values";

/**
 * How Pulumi's engine writes special values into a protobuf Struct.
 * https://www.pulumi.com/docs/iac/extending-pulumi/ and sdk/go/common/resource/plugin/rpc.go
 */
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";
const output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** One sentinel per kind of value that is unknown; on our side they are all the same. */
const unknowns: ReadonlySet<string> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Properties with secrets unwrapped, and which of them (by top-level name) held any. */
export interface Properties {
  values: ValueMap;
  secrets: ReadonlySet<string>;
}

export function fromStruct(struct: Struct | undefined): Properties {
  const raw = (struct?.toJavaScript() ?? {}) as Record<string, unknown>;
  const values: ValueMap = {};
  const secrets = new Set<string>();
  for (const [key, item] of Object.entries(raw)) values[key] = decode(item, () => secrets.add(key));
  return { values, secrets };
}

/** Wraps the named properties as secrets, so that the engine encrypts them in state and hides them on screens. */
export function toStruct(values: ValueMap, secrets: Iterable<string> = []): Struct {
  const hidden = new Set(secrets);
  const raw = Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const encoded = encode(value);
      return [key, hidden.has(key) ? { [signature]: secret, value: encoded } : encoded];
    }),
  );
  return Struct.fromJavaScript(raw as Parameters<typeof Struct.fromJavaScript>[0]);
}

function decode(raw: unknown, onSecret: () => void): Value {
  if (typeof raw === "string") return unknowns.has(raw) ? Unknown.value : raw;
  if (raw === null || typeof raw === "number" || typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return raw.map((item) => decode(item, onSecret));
  if (typeof raw !== "object") throw new TypeError(`A ${typeof raw} cannot be a Pulumi value.`);
  const map = raw as Record<string, unknown>;
  if (map[signature] === secret) {
    onSecret();
    return decode(map.value ?? null, onSecret);
  }
  if (map[signature] === output) {
    if (map.secret === true) onSecret();
    return "value" in map ? decode(map.value, onSecret) : Unknown.value;
  }
  return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, decode(item, onSecret)]));
}

function encode(value: Value): unknown {
  if (isUnknown(value)) return unknownString;
  if (Array.isArray(value)) return value.map(encode);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]));
  return value;
}
