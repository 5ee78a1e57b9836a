import { withWholePaths } from "./traces";

const stack = [
  "Error: at fault (/srv/node_modules/@pulumi/resource.ts:1:1) is text",
  "    at fleet (/srv/infra/index.ts:21:17)",
  "    at Object.run (/srv/node_modules/@pulumi/cmd/run/run.ts:579:20)",
  "    at Stack.initialize (/srv/node_modules/@pulumi/resource.ts:1598:22)",
  "    at /srv/node_modules/@pulumi/output.ts:7:1",
  "    at C:\\srv\\node_modules\\@pulumi\\output.ts:7:1",
];

test("frames of the SDK have their folder, the others stay as they are", () => {
  const error = Object.assign(new Error("at fault"), { stack: stack.join("\n") });
  expect(withWholePaths(error)).toBe(error);
  expect(error.stack.split("\n")).toEqual([
    ...stack.slice(0, 3),
    "    at Stack.initialize (/srv/node_modules/@pulumi/pulumi/resource.ts:1598:22)",
    "    at /srv/node_modules/@pulumi/pulumi/output.ts:7:1",
    "    at C:\\srv\\node_modules\\@pulumi\\pulumi\\output.ts:7:1",
  ]);
});

test("whatever else is thrown stays what it is", () => {
  expect(withWholePaths("text")).toBe("text");
  expect(withWholePaths(undefined)).toBeUndefined();
});
