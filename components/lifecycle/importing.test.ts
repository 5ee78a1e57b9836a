import { importing } from "./importing";

const resource = (type: string, name: string) => ({ custom: true, type, name, props: { share: "sales" }, opts: {} });
const shareType = "pulumi-nodejs:dynamic/redshift:Datashare";

test("the resources named get their ids, and keep everything else", () => {
  const transform = importing({ "sales-share": "wg/fleet/sales" });
  expect(transform(resource(shareType, "sales-share"))).toEqual({
    props: { share: "sales", importId: "wg/fleet/sales" },
    opts: {},
  });
});

test("no others do", () => {
  const transform = importing({ "sales-share": "wg/fleet/sales" });
  expect(transform(resource(shareType, "other-share"))).toBeUndefined();
  expect(transform(resource(shareType, "toString"))).toBeUndefined();
});

test("what the engine imports by itself is refused, with the way that works", () => {
  const transform = importing({ key: "1234" });
  expect(() => transform(resource("aws:kms/key:Key", "key"))).toThrow(/names key, .* aws:kms\/key:Key.*option import/);
});
