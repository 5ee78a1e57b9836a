import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Unknown, type Value } from "../values";
import { fromStruct, toStruct } from "./marshal";

const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.constant(Unknown.value),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
}));

const key = fc.string().filter((name) => name !== "__proto__");

test("whatever is sent arrives, secrets and unknowns included", () => {
  fc.assert(
    fc.property(fc.dictionary(key, anyValue, { maxKeys: 5 }), fc.array(fc.nat(4)), (values, chosen) => {
      const keys = Object.keys(values);
      const secrets = [...new Set(chosen.map((index) => keys[index]).filter((name) => name !== undefined))];
      const bytes = toStruct(values, secrets).serializeBinary();
      const received = fromStruct(Struct.deserializeBinary(bytes));
      expect(received.values).toEqual({ ...values });
      expect([...received.secrets].sort()).toEqual(secrets.sort());
    }),
  );
});

test("an output without a value is unknown, a secret deep inside marks its property", () => {
  const signature = "4dabf18193072939515e22adb298388d";
  const struct = Struct.fromJavaScript({
    later: { [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", secret: true },
    deep: { list: [{ [signature]: "1b47061264138c4ac30d75fd1eb44270", value: "hush" }] },
    plain: 1,
  });
  const { values, secrets } = fromStruct(struct);
  expect(values).toEqual({ later: Unknown.value, deep: { list: ["hush"] }, plain: 1 });
  expect([...secrets].sort()).toEqual(["deep", "later"]);
});
