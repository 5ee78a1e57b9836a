// What `fleet start` loads beside the tables that ../schema makes. Compiles itself if it changed, as the program does.
require("../../../scripts/build.cjs").build(["examples/airline"]);
module.exports = require("../dist/samples/tables.js");
