#!/usr/bin/env node
// In the repository it first compiles what changed; in the published package only the compiled command is there.
const fs = require("node:fs");
const path = require("node:path");

if (fs.existsSync(path.join(__dirname, "../index.ts")))
  require("../../scripts/build.cjs").build(["redshift", "sandbox", "cli"]);
require("../dist/index.js");
