const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

/** Chooses the folder of the fleet that test files share; the first that needs it deploys it. */
module.exports = () => {
  if (process.env.REDSHIFT_FLEET_SHARED_FLEET) return;
  process.env.REDSHIFT_FLEET_SHARED_FLEET = fs.mkdtempSync(path.join(os.tmpdir(), "fleet-shared-"));
  process.env.REDSHIFT_FLEET_SHARED_FLEET_OWNED = "1";
};
