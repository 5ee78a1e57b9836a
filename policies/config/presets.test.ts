import fs from "node:fs";
import path from "node:path";
import { catalogue } from "../catalogue";
import { lintConfig } from "../framework/lint";

const presets = ["baseline", "strict", "sandbox"];

test.each(presets)("%s names policies and parameters that exist", (preset) => {
  const config: unknown = JSON.parse(fs.readFileSync(path.join(__dirname, `${preset}.json`), "utf8"));
  expect(lintConfig(config, catalogue)).toEqual([]);
});
