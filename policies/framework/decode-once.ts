import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** The part of the SDK that turns a resource's properties from wire format into values; its types leave it out. */
interface Decoder {
  deserializeProperties(properties: Struct | undefined, proxySecrets: boolean): unknown;
}

/**
 * Makes the SDK decode the properties of a resource once, not once for each policy: with sixty policies that is most
 * of what a pack costs. Policies only read what they are given; remediations copy it.
 */
export function decodeOnce(decoder: Decoder = require("@pulumi/policy/deserialize") as Decoder): void {
  const decode = decoder.deserializeProperties;
  const seen = new WeakMap<Struct, Map<boolean, unknown>>();
  decoder.deserializeProperties = (properties, proxySecrets) => {
    if (!properties) return decode(properties, proxySecrets);
    const decoded = seen.get(properties) ?? new Map<boolean, unknown>();
    seen.set(properties, decoded);
    if (!decoded.has(proxySecrets)) decoded.set(proxySecrets, decode(properties, proxySecrets));
    return decoded.get(proxySecrets);
  };
}
