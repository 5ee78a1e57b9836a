#!/usr/bin/env node
// In the repository it first compiles what changed; in the published package only the compiled command is there.
const fs = require("node:fs");
const path = require("node:path");

if (fs.existsSync(path.join(__dirname, "../index.ts"))) {
  try {
    require("../../scripts/node-version.cjs").checkNode();
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exit(1);
  }
  require("../../scripts/build.cjs").build(["redshift", "health", "toolchain", "sandbox", "cli"]);
}
require("../dist/index.js");
