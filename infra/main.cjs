// What the engine runs. Compiles the program if it changed, so that plain `pulumi up` always runs the code on disk.
require("./error-stacks.cjs");
require("../scripts/build.cjs").build(["redshift", "health", "components", "infra"]);
module.exports = require("./dist/index.js").fleet;
