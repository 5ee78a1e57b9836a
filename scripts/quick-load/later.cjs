const Module = require("node:module");
const path = require("node:path");

/**
 * What the SDK loads at once and hardly any program calls: what serialises functions to JavaScript and finds the
 * packages they need, a compiler and npm's own resolver; AWS's SDK, which previews have no use for; and what our program
 * reads the stack's file with, to say where a fault is. (`import()` is no way: v8-compile-cache does not know it.)
 */
const rarelyUsed = ["typescript", "@npmcli/arborist", "normalize-package-data", "yaml"];
const automation = path.join("@pulumi", "pulumi", "index.js");

function isRarelyUsed(request, parent) {
  if (rarelyUsed.includes(request) || request.startsWith("@aws-sdk/")) return true;
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

module.exports = { later, loadRarelyUsedLater, rarelyUsed };
