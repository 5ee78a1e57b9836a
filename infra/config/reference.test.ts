import fs from "node:fs";
import path from "node:path";
import { configReference } from "./reference";

describe("docs/configuration.md", () => {
  test("is what the schema says; write it anew with `node scripts/write-config-reference.cjs`", () => {
    const page = fs.readFileSync(path.resolve(__dirname, "../../docs/configuration.md"), "utf8");
    expect(page).toBe(configReference());
  });

  test("has a meaning for every key", () => {
    const keys = configReference()
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    expect(keys.length).toBeGreaterThan(80);
    for (const key of keys) expect(key).toMatch(/\| [^|]{4,} \|$/);
  });
});
