#!/usr/bin/env node
require("../../scripts/build.cjs").build(["redshift", "sandbox", "cli"]);
require("../dist/index.js");
