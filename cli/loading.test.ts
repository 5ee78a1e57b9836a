import fs from "node:fs";
import path from "node:path";

const modules = fs
  .readdirSync(__dirname, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".ts") && !/(^|\/)(dist|node_modules)\/|\.test\.ts$|^index\.ts$/.test(file));

jest.mock("@redshift-fleet/sandbox", () => {
  throw new Error("the sandbox was loaded");
});

test("no module of the command loads the sandbox by being loaded: on AWS its package need not be there", async () => {
  expect(modules).toContain(path.join("commands", "check.ts"));
  for (const file of modules) await import(path.join(__dirname, file));
});

test("a stack on AWS is entered without it, one in the sandbox is not", async () => {
  const { enterStack } = await import("./stack/stack");
  await expect(enterStack({ stack: "prod", sandbox: false })).resolves.toMatchObject({ name: "prod" });
  await expect(enterStack({ stack: "local", sandbox: true })).rejects.toThrow("the sandbox was loaded");
});
