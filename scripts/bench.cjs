// What waiting costs, as ratios within one run: machines differ, ratios less. A table for people, `--json` for machines.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "redshift-fleet-bench-"));
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const fleet = path.join(root, "cli", "bin", "fleet.cjs");
const environment = { ...process.env, REDSHIFT_FLEET_SANDBOX_DIR: path.join(scratch, "sandbox"), NO_COLOR: "1" };

/** Runs a command that must succeed; its duration in seconds. */
function seconds(command, args, cwd = root) {
  const startedAt = process.hrtime.bigint();
  const done = spawnSync(command, args, { cwd, env: environment, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${done.stdout}\n${done.stderr}`);
  return { seconds: Number(process.hrtime.bigint() - startedAt) / 1e9, stdout: done.stdout };
}

function median(measure) {
  const values = Array.from({ length: rounds }, () => measure().seconds).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}

/** The least that the engine can be asked to do: a program and a pack with nothing in them. */
function writeEmptyProgram() {
  const folder = path.join(scratch, "empty");
  const pack = path.join(folder, "pack");
  fs.mkdirSync(pack, { recursive: true });
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  const put = (file, text) => fs.writeFileSync(path.join(folder, file), text);
  put("Pulumi.yaml", "name: empty\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
  put("package.json", '{ "main": "index.js" }');
  put("index.js", "");
  put("pack/PulumiPolicy.yaml", "runtime:\n  name: nodejs\n  options:\n    typescript: false\n");
  put("pack/package.json", '{ "name": "empty-pack", "version": "1.0.0", "main": "index.js" }');
  put("pack/index.js", 'new (require("@pulumi/policy").PolicyPack)("empty", { policies: [] });');
  return folder;
}

function main() {
  const first = seconds(process.execPath, [fleet, "start", "--json"]).seconds;
  Object.assign(environment, JSON.parse(seconds(process.execPath, [fleet, "sandbox", "env", "--json"]).stdout));
  const again = median(() => seconds(process.execPath, [fleet, "start", "--json"]));
  const empty = writeEmptyProgram();
  seconds("pulumi", ["stack", "init", "--stack", "bench", "--non-interactive"], empty);
  const floor = median(() =>
    seconds("pulumi", ["preview", "--stack", "bench", "--policy-pack", "pack", "--non-interactive"], empty),
  );
  const local = median(() =>
    seconds("pulumi", ["preview", "--stack", "local", "--policy-pack", "policies", "--non-interactive"]),
  );
  const status = JSON.parse(seconds(process.execPath, [fleet, "sandbox", "status", "--json"]).stdout);
  return [
    ["a fleet from nothing, in seconds", first, 15],
    ["`fleet start` again, in seconds", again, 6],
    ["preview of an empty program and pack, in seconds", floor, undefined],
    ["preview of stack local with the pack, in seconds", local, undefined],
    ["the same as a multiple of the empty one", local / floor, 1.5],
    ["memory of the sandbox's own process, in MiB", status.memoryMiB, undefined],
  ];
}

try {
  const rows = main();
  if (process.argv.includes("--json")) {
    console.log(
      JSON.stringify(
        rows.map(([what, measured, limit]) => ({ what, measured, limit })),
        undefined,
        2,
      ),
    );
  } else {
    for (const [what, measured, limit] of rows) {
      const verdict = limit === undefined ? "" : measured <= limit ? `≤ ${limit}` : `over ${limit}`;
      console.log(`${what.padEnd(52)} ${measured.toFixed(2).padStart(8)}  ${verdict}`);
    }
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  spawnSync(process.execPath, [fleet, "sandbox", "stop", "--purge"], { env: environment });
  fs.rmSync(scratch, { recursive: true, force: true });
}
