const Module = require("node:module");

/** The SDK loads these at once to serialise functions, which hardly any program does: a compiler, and npm's resolver. */
const rarelyUsed = ["typescript", "@npmcli/arborist", "normalize-package-data"];
const fromSdk = /[\\/]@pulumi[\\/]pulumi[\\/]/;
/** By name, or the copies that the SDK carries. */
const compiler = /(?:^|[\\/])(ts-node|typescript)(?:@[\d.]+)?(?:[\\/]typescript\.js)?$/;

/** Stands for a module until its first use. */
function later(load) {
  let loaded;
  const actual = () => {
    loaded ??= load();
    return loaded;
  };
  const lookUp = (name) => {
    const module = actual();
    return name === "default" && !module.__esModule ? module : module[name];
  };
  // Bound, a function can be called and constructed and has no property that could not be left out.
  return new Proxy(function standIn() {}.bind(undefined), {
    apply: (_stand, self, args) => Reflect.apply(actual(), self, args),
    construct: (_stand, args) => Reflect.construct(actual(), args),
    // Claims `__esModule`, so that compiled imports do not copy its members, name by name.
    get: (_stand, name) => (name === "__esModule" ? true : lookUp(name)),
    has: (_stand, name) => name in actual(),
    ownKeys: () => Reflect.ownKeys(actual()),
    getOwnPropertyDescriptor: (_stand, name) => {
      const found = Reflect.getOwnPropertyDescriptor(actual(), name);
      return found && { ...found, configurable: true };
    },
  });
}

/** @param {(request: string, load: () => unknown) => unknown} replace gives undefined for what is loaded as ever */
function replaceInSdk(replace) {
  const load = Module._load;
  Module._load = function (request, parent, isMain) {
    const actual = () => load.call(this, request, parent, isMain);
    return (fromSdk.test(parent?.filename ?? "") ? replace(request, actual) : undefined) ?? actual();
  };
}

function loadUnusedLater() {
  const stands = new Map();
  replaceInSdk((request, load) => {
    if (!rarelyUsed.includes(request)) return undefined;
    if (!stands.has(request)) stands.set(request, later(load));
    return stands.get(request);
  });
}

/**
 * The SDK registers ts-node in every policy pack, which loads the compiler, for packs that are JavaScript too. Both are
 * handed out as empty as they will be used.
 */
function registerNoCompiler() {
  const empty = { "ts-node": { register: () => undefined }, typescript: { version: "5.0.0" } };
  replaceInSdk((request) => empty[compiler.exec(request)?.[1] ?? ""]);
}

module.exports = { later, loadUnusedLater, rarelyUsed, registerNoCompiler };
