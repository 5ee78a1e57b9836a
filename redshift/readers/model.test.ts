import { readerOf } from "./model";

test("who says what readers see is the preferred one, where that one may read it", () => {
  const readers = [
    { name: "ann", datashares: ["sales"] },
    { name: "bob", datashares: ["sales", "web"] },
  ];
  expect(readerOf("sales", readers, "bob")?.name).toBe("bob");
  expect(readerOf("web", readers, "ann")?.name).toBe("bob");
  expect(readerOf("finance", readers, "ann")).toBeUndefined();
});
