import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { decodeOnce } from "./decode-once";

function counting() {
  const decoder = {
    calls: 0,
    deserializeProperties(properties: Struct | undefined, proxySecrets: boolean): unknown {
      decoder.calls++;
      return { ...properties?.toJavaScript(), proxySecrets };
    },
  };
  decodeOnce(decoder);
  return decoder;
}
const subnet = () => Struct.fromJavaScript({ cidrBlock: "10.0.0.0/23" });

describe("decoding once", () => {
  it("decodes a resource's properties once for all policies", () => {
    const decoder = counting();
    const properties = subnet();
    const first = decoder.deserializeProperties(properties, false);
    expect(first).toEqual({ cidrBlock: "10.0.0.0/23", proxySecrets: false });
    expect(decoder.deserializeProperties(properties, false)).toBe(first);
    expect(decoder.calls).toBe(1);
  });

  it("keeps apart the two ways of decoding, and two resources that look alike", () => {
    const decoder = counting();
    const properties = subnet();
    decoder.deserializeProperties(properties, false);
    expect(decoder.deserializeProperties(properties, true)).toMatchObject({ proxySecrets: true });
    decoder.deserializeProperties(subnet(), false);
    expect(decoder.calls).toBe(3);
  });

  it("replaces what the SDK really calls", () => {
    const sdk = require("@pulumi/policy/deserialize") as { deserializeProperties: unknown };
    const before = sdk.deserializeProperties;
    expect(before).toBeInstanceOf(Function);
    decodeOnce();
    expect(sdk.deserializeProperties).not.toBe(before);
  });
});
