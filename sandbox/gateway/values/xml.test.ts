import { parseXml } from "./xml";

test("attributes are read in either quotes, with entities, and without their order mattering", () => {
  const { attributes } = parseXml(`<a  x = "1 &lt; 2"\n y:z='"' />`);
  expect([...attributes]).toEqual([
    ["x", "1 < 2"],
    ["y:z", '"'],
  ]);
});

test.each(["<a b/>", '<a b="1"c="2"/>', "<a =/>", '<a"b"/>', '<a b="1" c/>', "<a b=1/>"])("%s is refused", (text) => {
  expect(() => parseXml(text)).toThrow(SyntaxError);
});

test("attributes have a length that they may have", () => {
  const sized = (length: number) => `<a b="${"x".repeat(length)}"/>`;
  expect(parseXml(sized(60_000)).attributes.get("b")).toHaveLength(60_000);
  expect(() => parseXml(sized(80_000))).toThrow(/65536 characters/);
});

test.each<[string, (length: number) => string]>([
  ["a name without its value", (length) => `<a ${"b".repeat(length)}/>`],
  ["spaces", (length) => `<a b${" ".repeat(length)}c/>`],
  ["many names", (length) => `<a${" b".repeat(length / 2)}/>`],
  ["the name of an element without its end", (length) => `<${"a".repeat(length)}`],
  ["an open quote", (length) => `<a b="${"c".repeat(length)}`],
  ["many quotes", (length) => `<a ${"''".repeat(length / 2)}`],
])("%s of any length is refused in time", (_, of) => {
  const startedAt = performance.now();
  for (const length of [60_000, 80_000]) expect(() => parseXml(of(length))).toThrow(SyntaxError);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
