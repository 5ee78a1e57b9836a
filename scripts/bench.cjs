// `npm run bench`: compiles the measurements in tests/bench and runs them. `npm run bench -- --help` shows the options.
const path = require("node:path");
const { spawnSync } = require("node:child_process");

const root = path.resolve(__dirname, "..");
const output = path.join(root, "node_modules", ".cache", "bench");
const entry = (file) => path.join(root, "tests", "bench", file);

require("esbuild").buildSync({
  entryPoints: [entry("main.ts"), entry("readers/client.ts")],
  outdir: output,
  outbase: entry("."),
  bundle: true,
  packages: "external",
  external: ["@redshift-fleet/*"],
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "error",
  tsconfig: path.join(root, "tsconfig.json"),
});
const args = ["--enable-source-maps", path.join(output, "main.js"), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
