// Does for tests what index.cjs does for processes: jest loads modules by itself, for each file anew.
const { noteNoStacks } = require("./promises.cjs");
const { later, rarelyUsed } = require("./unused-modules.cjs");

if (process.env.REDSHIFT_FLEET_QUICK_LOAD !== "off") {
  for (const name of [...rarelyUsed, "@pulumi/pulumi/automation"])
    jest.mock(name, () => later(() => jest.requireActual(name)));

  jest.mock("@pulumi/pulumi/runtime/debuggable", () => {
    const debuggable = jest.requireActual("@pulumi/pulumi/runtime/debuggable");
    noteNoStacks(debuggable);
    return debuggable;
  });
}
