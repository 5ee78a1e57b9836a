import { threePartNames } from "./three-part-names";

const share = { name: "sales", sourceDatabase: "fleet", consumerDatabase: "sales", schemas: ["shop", "web"] };
const missing = 'ERROR:  relation "orders" does not exist\n';

test("a reader who finds no table is told how shared ones are named", () => {
  expect(threePartNames(missing, { name: "endpoint" }, { datashares: [share] })).toBe(
    "Shared tables have three-part names on consumers: sales.shop.<table>, sales.web.<table>.",
  );
});

test("writers, other errors and fleets that share nothing hear nothing of it", () => {
  expect(threePartNames(missing, { name: "producer" }, { datashares: [share] })).toBeUndefined();
  expect(threePartNames("ERROR:  syntax error", { name: "endpoint" }, { datashares: [share] })).toBeUndefined();
  expect(threePartNames(missing, { name: "endpoint" }, { datashares: [] })).toBeUndefined();
});

test("nor who wrote three parts already", () => {
  for (const name of ['"sales.shop.orders"', 'sales.shop."orders"', '"sales"."shop"."orders"'])
    expect(
      threePartNames(`ERROR:  relation ${name} does not exist`, { name: "endpoint" }, { datashares: [share] }),
    ).toBeUndefined();
  const sql = 'select * from sales.shop."orders"';
  expect(threePartNames(missing, { name: "endpoint" }, { datashares: [share] }, sql)).toBeUndefined();
  const two = 'ERROR:  relation "shop.orders" does not exist\nLINE 1: select * from shop.orders';
  expect(threePartNames(two, { name: "endpoint" }, { datashares: [share] })).toContain("sales.shop.<table>");
});
