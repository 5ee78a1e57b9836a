// Shortens the start of processes that load Pulumi's SDK; README.md says how, and when it does nothing. Require this first.
const { bundleDebugMessages } = require("./debug-messages.cjs");
const { loadUnusedLater, registerNoCompiler } = require("./unused-modules.cjs");
const { noteNoStacks } = require("./promises.cjs");
const { debug, objection } = require("./supports.cjs");
const { whenLoaded } = require("./when-loaded.cjs");

const installed = Symbol.for("redshift-fleet.quick-load");
const policyPack = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run-policy-pack[\\/]/;

function install() {
  loadUnusedLater();
  // The environment says so where PulumiPolicy.yaml wants TypeScript.
  if (policyPack.test(process.argv[1] ?? "") && process.env.PULUMI_NODEJS_TYPESCRIPT !== "true") registerNoCompiler();
  whenLoaded("@pulumi/pulumi/log/index.js", bundleDebugMessages);
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) whenLoaded("@pulumi/pulumi/runtime/debuggable.js", noteNoStacks);
}

if (!globalThis[installed]) {
  globalThis[installed] = true;
  const why = objection();
  if (why === undefined) install();
  else debug(`quick-load does nothing: ${why}`);
}
