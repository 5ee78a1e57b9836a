const Module = require("node:module");
const path = require("node:path");

/** What waits for which file; one hook serves all. */
const waiting = new Map();

/**
 * Hands a module to `change`, at once if it is loaded already, else as soon as somebody loads it.
 * @param {string} file where it lies below node_modules, with slashes
 * @param {(exports: object, module: NodeJS.Module) => void} change
 */
function whenLoaded(file, change) {
  const end = path.join("node_modules", ...file.split("/"));
  for (const [filename, module] of Object.entries(Module._cache)) {
    if (filename.endsWith(end)) change(module.exports, module);
  }
  if (waiting.size === 0) watch();
  waiting.set(end, change);
}

function watch() {
  const { load } = Module.prototype;
  Module.prototype.load = function (filename) {
    const result = load.call(this, filename);
    for (const [end, change] of waiting) if (filename.endsWith(end)) change(this.exports, this);
    return result;
  };
}

module.exports = { whenLoaded };
