// A file of SQL is its text, as esbuild's loader `text` has it.
module.exports = {
  process: (text) => ({ code: `module.exports = { __esModule: true, default: ${JSON.stringify(text)} };` }),
};
