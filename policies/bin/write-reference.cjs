// Writes docs/policies.md from what the policies say of themselves.
const fs = require("node:fs");
const path = require("node:path");

require("../../scripts/build.cjs").build(["policies"]);
const { catalogue, reference } = require("../dist/reference/index.js");
fs.writeFileSync(path.resolve(__dirname, "../../docs/policies.md"), reference(catalogue));
