#!/usr/bin/env node
try {
  require("../../scripts/node-version.cjs").checkNode();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(1);
}
require("../../scripts/build.cjs").build(["redshift", "sandbox", "cli"]);
require("../dist/index.js");
