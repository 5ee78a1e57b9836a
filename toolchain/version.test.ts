import fs from "node:fs";
import path from "node:path";
import { compareVersions, engineVersion, oldestEngine } from "./version";

test.each([
  ["v3.232.0", "3.232.0", 0],
  ["3.99.0", "3.100.0", -1],
  ["3.232.0-dev.1", "3.232.0", 0],
  ["4.0.0", "3.999.9", 1],
])("%s against %s", (left, right, order) => {
  expect(Math.sign(compareVersions(left, right))).toBe(order);
});

test("what is built is what go.mod pins, and recent enough", () => {
  const goMod = fs.readFileSync(path.join(__dirname, "pulumi-cli", "go.mod"), "utf8");
  expect(goMod).toContain(`github.com/pulumi/pulumi/pkg/v3 v${engineVersion}\n`);
  expect(compareVersions(engineVersion, oldestEngine)).toBeGreaterThan(0);
});
