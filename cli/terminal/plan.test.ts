import { stripVTControlCharacters } from "node:util";
import { plan } from "./plan";

const step = (operation: string, name: string, properties: string[] = []) => ({
  operation,
  type: "aws:redshiftserverless/workgroup:Workgroup",
  name,
  properties,
});

test("a preview names each resource below its operation, what goes first", () => {
  const steps = [
    step("create", "pool-10"),
    step("create", "pool-3"),
    step("update", "pool-1", ["baseCapacity", "tags"]),
    step("read", "old"),
    step("delete", "pool-2"),
  ];
  const shown = plan({
    changes: { create: 1, update: 1, delete: 1, same: 107 },
    steps,
    advice: ["policy p: see\nhere"],
  });
  expect(stripVTControlCharacters(shown).split("\n")).toEqual([
    "- 1 resource to delete",
    "  -  Workgroup pool-2",
    "~ 1 resource to update",
    "  ~  Workgroup pool-1  (baseCapacity, tags)",
    "+ 2 resources to create",
    "  +  Workgroup pool-3",
    "  +  Workgroup pool-10",
    "> 1 resource to read",
    "  >  Workgroup old",
    "  107 resources unchanged",
    "",
    "To consider",
    "  policy p: see",
    "  here",
  ]);
});

test("a preview without changes says so", () => {
  const shown = plan({ changes: { same: 1 }, steps: [], advice: [] });
  expect(stripVTControlCharacters(shown)).toBe("Nothing would change.\n  1 resource unchanged");
});
