const { createRequire } = require("node:module");
const path = require("node:path");
const { debuglog } = require("node:util");

/** The versions that the tests of this folder run with; of Node, each of these is run by continuous integration. */
const tested = { node: [20, 22, 24], sdk: "3.247.0" };

/** Shown with NODE_DEBUG=redshift-fleet. */
const debug = debuglog("redshift-fleet");

/** Why nothing may be changed in this process; undefined where it may. */
function objection() {
  const wanted = process.env.REDSHIFT_FLEET_QUICK_LOAD ?? "unset";
  if (wanted !== "on") return `REDSHIFT_FLEET_QUICK_LOAD is ${wanted}`;
  const major = Number(process.versions.node.split(".")[0]);
  if (!tested.node.includes(major))
    return `Node ${major} is not among those that were tested, ${tested.node.join(", ")}`;
  const sdk = versionOfSdk();
  return sdk === tested.sdk ? undefined : `@pulumi/pulumi is ${sdk ?? "not there"}, and ${tested.sdk} was tested`;
}

/** The SDK that the script of this process finds, or is part of. */
function versionOfSdk() {
  try {
    const script = process.argv[1] ?? path.join(process.cwd(), "script.js");
    return createRequire(script)("@pulumi/pulumi/package.json").version;
  } catch {
    return undefined;
  }
}

module.exports = { debug, objection, tested };
