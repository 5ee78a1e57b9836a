const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const command = path.resolve(__dirname, "../../../cli/bin/fleet.cjs");

/** Stops the fleet that test files shared, if one of them deployed it, and removes its folder. */
module.exports = () => {
  const directory = process.env.REDSHIFT_FLEET_SHARED_FLEET;
  if (!directory || !process.env.REDSHIFT_FLEET_SHARED_FLEET_OWNED) return;
  const sandbox = path.join(directory, "sandbox");
  if (fs.existsSync(sandbox)) {
    const env = { ...process.env, REDSHIFT_FLEET_SANDBOX_DIR: sandbox };
    spawnSync(process.execPath, [command, "sandbox", "stop", "--purge"], { env, stdio: "ignore", timeout: 60_000 });
  }
  fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
};
