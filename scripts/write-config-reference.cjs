// Writes docs/configuration.md from the schema of the configuration.
const fs = require("node:fs");
const path = require("node:path");

require("./build.cjs").build(["redshift", "infra"]);
const { configReference } = require("../infra/dist/config/reference.js");

const page = path.resolve(__dirname, "../docs/configuration.md");
fs.writeFileSync(page, configReference());
console.log(`wrote ${path.relative(process.cwd(), page)}`);
