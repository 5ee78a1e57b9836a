// Compiles the workspaces to `dist/` with esbuild. Only what changed since its last build is compiled again, and files
// are put in place by rename, so that several commands may build at once.
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const packages = [
  "redshift",
  "components",
  "policies",
  "toolchain",
  "sandbox",
  "health",
  "cli",
  "infra",
  "examples/airline",
];
const sources = /\.(ts|cjs|json|sql)$/;
const passedOver = new Set(["node_modules", "dist"]);

/** Newest modification time below a folder, in milliseconds. */
function newest(folder) {
  let latest = 0;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (passedOver.has(entry.name) || entry.name.endsWith(".test.ts")) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) latest = Math.max(latest, newest(file));
    else if (sources.test(entry.name)) latest = Math.max(latest, fs.statSync(file).mtimeMs);
  }
  return latest;
}

function put(file, contents) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, contents);
  fs.renameSync(temporary, file);
}

function buildPackage(name) {
  const folder = path.join(root, name);
  const { source = ["index.ts"], standalone = [] } = JSON.parse(
    fs.readFileSync(path.join(folder, "package.json"), "utf8"),
  );
  const stamp = path.join(folder, "dist", ".built");
  const stampedAt = Number(fs.existsSync(stamp) ? fs.readFileSync(stamp, "utf8") : 0);
  const changedAt = Math.max(newest(folder), fs.statSync(__filename).mtimeMs);
  if (changedAt <= stampedAt) return false;
  const options = {
    absWorkingDir: folder,
    outdir: "dist",
    outbase: ".",
    bundle: true,
    ...output,
    sourcemap: true,
    write: false,
    logLevel: "error",
    tsconfig: path.join(root, "tsconfig.json"),
    // The aliases of tsconfig.json are for the type checker; at run time the packages are each other's dependencies.
    external: ["@redshift-fleet/*"],
    loader: { ".sql": "text" },
  };
  const { buildSync } = require("esbuild");
  const results = [buildSync({ ...options, entryPoints: source, packages: "external" })];
  // With its dependencies inside, what is started again and again starts in half the time.
  if (standalone.length > 0) results.push(buildSync({ ...options, entryPoints: standalone }));
  for (const file of results.flatMap(({ outputFiles }) => outputFiles)) put(file.path, file.contents);
  put(stamp, String(changedAt));
  return true;
}

/**
 * How code is written. Where it is compiled ahead (v8-compile-cache, which quick-load takes on Node 20), `import()` finds
 * no callback: it becomes `require`.
 */
const output = { platform: "node", target: "node20", format: "cjs", supported: { "dynamic-import": false } };

/** Compiles the packages named (all of them by default); returns the names of those that had changed. */
function build(names = packages) {
  return names.filter(buildPackage);
}

module.exports = { build, output, packages };
if (require.main === module) {
  const built = build(process.argv.length > 2 ? process.argv.slice(2) : packages);
  console.log(built.length ? `compiled ${built.join(", ")}` : "nothing to compile");
}
