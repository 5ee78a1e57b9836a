#!/usr/bin/env node
// `redshift-policies lint FILE…` finds misspelt policies and parameters in configuration files.
const fs = require("node:fs");
const path = require("node:path");

if (fs.existsSync(path.join(__dirname, "../pack.ts"))) require("../../scripts/build.cjs").build(["policies"]);
const { catalogue, lintConfig } = require("../dist/index.js");

const [command, ...files] = process.argv.slice(2);
if (command !== "lint" || files.length === 0) {
  console.error(
    "usage: redshift-policies lint FILE…\nChecks policy configuration files (JSON) for unknown policies, parameters and expired waivers.",
  );
  process.exit(2);
}
let faults = 0;
for (const file of files) {
  let config;
  try {
    config = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`${file}: ${error.message}`);
    faults++;
    continue;
  }
  for (const fault of lintConfig(config, catalogue)) {
    console.error(`${file}: ${fault}`);
    faults++;
  }
}
if (faults === 0) console.log(`${files.join(", ")}: in order`);
process.exit(faults === 0 ? 0 : 1);
