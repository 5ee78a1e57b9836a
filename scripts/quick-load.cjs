// Shortens the start of processes that load Pulumi's SDK. To be required before it; requiring it again does nothing.
//
//   - Compiled code is kept from one run to the next.
//   - What the SDK loads at once and hardly any program calls is loaded when it is first used.
//   - The SDK notes a stack trace for each of thousands of promises, to be shown should one of them never settle. Written
//     out with source maps, these took a third of a preview. They are left unwritten; every other error keeps its stack.
const Module = require("node:module");
const path = require("node:path");

const installed = Symbol.for("redshift-fleet.quick-load");

/** What serialises functions to JavaScript and finds the packages they need: a compiler and npm's own resolver. */
const packages = new Set(["typescript", "@npmcli/arborist", "normalize-package-data"]);
const automation = path.join("@pulumi", "pulumi", "index.js");
const promises = path.join("@pulumi", "pulumi", "runtime", "debuggable.js");

function isRarelyUsed(request, parent) {
  if (packages.has(request) || request.startsWith("@aws-sdk/")) return true;
  return request === "./automation" && parent?.filename?.endsWith(automation);
}

/** Stands for a module until someone looks into it. */
function later(load) {
  let loaded;
  const actual = () => {
    loaded ??= load();
    return loaded;
  };
  const lookUp = (_stand, name) => {
    const module = actual();
    return name === "default" && !module.__esModule ? module : module[name];
  };
  return new Proxy(
    {},
    {
      // Says that it is a module of the kind that is handed on as it is: compiled imports copy all others, name by name.
      get: (stand, name) => (name === "__esModule" ? true : lookUp(stand, name)),
      has: (_stand, name) => name in actual(),
      ownKeys: () => Reflect.ownKeys(actual()),
      getOwnPropertyDescriptor: (_stand, name) => {
        const found = Reflect.getOwnPropertyDescriptor(actual(), name);
        return found && { ...found, configurable: true };
      },
    },
  );
}

function loadRarelyUsedLater() {
  const load = Module._load;
  Module._load = function (request, parent, isMain) {
    if (!isRarelyUsed(request, parent)) return load.call(this, request, parent, isMain);
    return later(() => load.call(this, request, parent, isMain));
  };
}

/** Whoever formats stacks goes on doing so, the SDK's source maps for instance, except for those of promises. */
function leavePromisesUnwritten() {
  let format = Error.prepareStackTrace;
  const unlessOfPromise = (error, sites) => {
    if (sites[0]?.getFileName()?.endsWith(promises)) return "";
    return format ? format(error, sites) : [String(error), ...sites.map((site) => `    at ${site}`)].join("\n");
  };
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    enumerable: true,
    get: () => unlessOfPromise,
    set: (given) => {
      format = given === unlessOfPromise ? format : given;
    },
  });
}

function keepCompiledCode() {
  if (Module.enableCompileCache) Module.enableCompileCache();
  else require("v8-compile-cache");
}

if (!globalThis[installed]) {
  globalThis[installed] = true;
  keepCompiledCode();
  loadRarelyUsedLater();
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) leavePromisesUnwritten();
}
