// Shortens what processes that load Pulumi's SDK take. To be required as early as may be; requiring it again does nothing.
const Module = require("node:module");
const { bundleDebugMessages } = require("./debug-messages.cjs");
const { debugOnlyWhileAsked } = require("./debugger.cjs");
const { loadRarelyUsedLater } = require("./later.cjs");
const { noteNoStacks } = require("./promises.cjs");
const { printWholePaths } = require("./traces.cjs");
const { whenLoaded } = require("./when-loaded.cjs");

const installed = Symbol.for("redshift-fleet.quick-load");

function keepCompiledCode() {
  if (Module.enableCompileCache) Module.enableCompileCache();
  else require("v8-compile-cache");
}

if (!globalThis[installed]) {
  globalThis[installed] = true;
  keepCompiledCode();
  loadRarelyUsedLater();
  whenLoaded("@pulumi/pulumi/runtime/closure/v8Hooks.js", debugOnlyWhileAsked);
  whenLoaded("@pulumi/pulumi/log/index.js", bundleDebugMessages);
  whenLoaded("@pulumi/pulumi/cmd/run/error.js", printWholePaths);
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) whenLoaded("@pulumi/pulumi/runtime/debuggable.js", noteNoStacks);
}
