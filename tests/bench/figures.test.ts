import { holds, inTurn, median } from "./figures";

test("the median is the middle one, or lies between the two", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
  expect(() => median([])).toThrow("nothing");
});

test("limits hold from above and from below", () => {
  const figure = { item: "x", what: "x", value: 2, unit: "×" as const };
  expect(holds({ ...figure, limit: { atMost: 2 } })).toBe(true);
  expect(holds({ ...figure, limit: { atMost: 1.9 } })).toBe(false);
  expect(holds({ ...figure, limit: { atLeast: 2.1 } })).toBe(false);
  expect(holds(figure)).toBeUndefined();
});

test("alternatives take turns", async () => {
  const order: string[] = [];
  const noting = (name: string, value: number) => async () => {
    order.push(name);
    return value;
  };
  const samples = await inTurn(2, { a: noting("a", 1), b: noting("b", 2) }, () => {});
  expect(order).toEqual(["a", "b", "a", "b"]);
  expect(samples).toEqual({ a: [1, 1], b: [2, 2] });
});
