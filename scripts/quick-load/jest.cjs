// What index.cjs does for processes, done for tests: jest loads modules by itself, for each file anew.
const { later, rarelyUsed } = require("./later.cjs");
const { noteNoStacks } = require("./promises.cjs");

for (const name of [...rarelyUsed, "@pulumi/pulumi/automation"])
  jest.mock(name, () => later(() => jest.requireActual(name)));

jest.mock("@pulumi/pulumi/runtime/debuggable", () => {
  const debuggable = jest.requireActual("@pulumi/pulumi/runtime/debuggable");
  noteNoStacks(debuggable);
  return debuggable;
});
