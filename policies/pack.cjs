// What the engine runs: `pulumi preview --policy-pack <this folder>`. In the repository it first compiles itself if its
// sources changed; in the published package only the compiled pack is there.
const fs = require("node:fs");
const path = require("node:path");

if (fs.existsSync(path.join(__dirname, "pack.ts"))) require("../scripts/build.cjs").build(["policies"]);
require("./dist/pack.js");
