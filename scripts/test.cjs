// Runs everything: types, lint, unused code, unit tests, policy tests, end-to-end tests. `node scripts/test.cjs unit e2e` runs some.
// What is in one lane runs in turn, the lanes beside one another: no core is idle until the longest ends.
// The last line is `N passed, N failed`; a stage that finds no tests, or cannot run, has failed.
const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { stripVTControlCharacters } = require("node:util");

const root = path.resolve(__dirname, "..");
const scratch = fs.mkdtempSync(path.join(roomyMemory() ?? os.tmpdir(), "redshift-fleet-test-"));
// PostgreSQL does not run as root: where tests do, its servers are another user's, who must get to their files.
fs.chmodSync(scratch, 0o711);
const shownSkips = 20;
const cores = os.availableParallelism();
/** The SDK's releases are pinned: which Node later ones will need is no news to a test. */
const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };

/** What has not changed since the last time is not judged again. */
const remembering = ["--incremental", "--tsBuildInfoFile", path.join(root, "node_modules", ".cache", "tsc.info")];

/**
 * One thing to run. Of a `long` stage each file is shown as it ends.
 * A file of an `again` stage that failed is run a second time, by itself and for all to see: several real engines on a
 * busy machine can run out of a deadline.
 * @type {{ name: string, command: string[], report?: string, long?: boolean, again?: boolean }[][]}
 */
const lanes = [
  // Engines wait for the sandbox, and the sandbox for what is started and drained: more of them than cores.
  [{ ...jest("e2e", `--maxWorkers=${Math.max(3, cores)}`), long: true, again: true }],
  // In processes of their own: one that does not end by itself is ended by jest.
  [jest("unit", `--maxWorkers=${Math.max(2, Math.floor(cores / 2))}`)],
  [
    { name: "types", command: [bin("tsc"), "--noEmit", ...remembering] },
    { name: "lint", command: [bin("biome"), "check", ".", "--error-on-warnings"] },
    { name: "unused", command: [bin("knip"), "--no-progress"] },
    jest("policies", "--maxWorkers=1"),
  ],
];

/** More broken files than this are no accident. */
const mostAgain = 3;

/**
 * A file system in memory that has room for all that tests write, which is to be thrown away: databases are a thousand
 * files each, and making a file takes some file systems a millisecond.
 */
function roomyMemory() {
  const folder = "/dev/shm";
  const enough = 4 * 2 ** 30;
  try {
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    const { bavail, bsize } = fs.statfsSync(folder);
    return Math.min(bavail * bsize, os.freemem()) > enough ? folder : undefined;
  } catch {
    return undefined;
  }
}

function bin(name) {
  return path.join(root, "node_modules", ".bin", name);
}

function jest(project, ...more) {
  const report = path.join(scratch, `${project}.json`);
  const command = [bin("jest"), "--selectProjects", project, "--json", "--outputFile", report, "--ci", ...more];
  return { name: project, command, report };
}

/** Runs what failed of a stage once more, when all else has ended, and puts it in the place of the first result. */
async function runAgain(stage, first) {
  const { broken = [] } = first;
  if (!stage.again || broken.length === 0 || broken.length > mostAgain) return first;
  for (const file of broken) console.log(`    again, alone: ${path.relative(root, file.name)}`);
  endStrays();
  const alone = {
    ...jest(stage.name, "--runInBand", "--runTestsByPath", ...broken.map(({ name }) => name)),
    long: true,
  };
  const second = await run(alone);
  const passedOfBroken = broken.reduce((total, file) => total + file.passed, 0);
  return { passed: first.passed - passedOfBroken + second.passed, failed: second.failed };
}

function run(stage) {
  const startedAt = Date.now();
  if (stage.report) fs.rmSync(stage.report, { force: true });
  const child = spawn(stage.command[0], stage.command.slice(1), {
    cwd: root,
    // Sandboxes of tests live below this folder, so that what a broken test leaves behind can be found.
    env: { ...process.env, ...quiet, FORCE_COLOR: process.stdout.isTTY ? "1" : "0", TMPDIR: scratch },
    stdio: ["ignore", stage.report ? "ignore" : "pipe", "pipe"],
  });
  const output = [];
  child.stdout?.on("data", (data) => output.push(data));
  child.stderr.on("data", (data) => {
    output.push(data);
    if (stage.long) showFiles(String(data));
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, text: error.message }));
    child.once("close", (code) => resolve({ code, text: Buffer.concat(output).toString() }));
  }).then(({ code, text }) => judge(stage, code, text, (Date.now() - startedAt) / 1000));
}

/** Each file as it ends: the long stages show that they move. */
function showFiles(text) {
  for (const line of stripVTControlCharacters(text).split("\n")) {
    const ended = line.match(/^(PASS|FAIL)\s+(?:e2e\s+)?(\S+)(?:\s+\(([\d.]+) s\))?/);
    if (ended) console.log(`    ${ended[1] === "PASS" ? "✓" : "✗"} ${ended[2]} ${ended[3] ? `${ended[3]} s` : ""}`);
  }
}

function judge(stage, code, text, seconds) {
  const result = stage.report
    ? fromJest(stage.report, code)
    : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const { passed, failed, skipped = [] } = result;
  const mark = failed === 0 ? "✓" : "✗";
  const rest = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
  console.log(
    `${mark} ${stage.name.padEnd(9)} ${`${passed} passed, ${failed} failed${rest}`.padEnd(34)} ${seconds.toFixed(1)} s`,
  );
  if (failed > 0) console.log(`${stage.report ? failuresOnly(text) : text.trimEnd()}\n`);
  for (const test of skipped.slice(0, shownSkips)) console.log(`    skipped: ${test}`);
  if (skipped.length > shownSkips) console.log(`    … and ${skipped.length - shownSkips} more`);
  return result;
}

/** jest writes its report even when tests fail; without one it did not get that far. */
function fromJest(report, code) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numTotalTests, testResults } = JSON.parse(fs.readFileSync(report, "utf8"));
  const count = (file, status) => file.assertionResults.filter((test) => test.status === status).length;
  const broken = testResults
    .filter((file) => file.status === "failed")
    .map((file) => ({ name: file.name, passed: count(file, "passed"), failed: count(file, "failed") }));
  const skipped = testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => ["pending", "todo", "skipped", "disabled"].includes(test.status))
      .map((test) => test.fullName),
  );
  // A file that does not even load has no failed test, only a message.
  const failed = numFailedTests + broken.filter((file) => file.failed === 0).length;
  const ranNothing = numTotalTests === 0 || (code !== 0 && failed === 0);
  return { passed: numPassedTests, failed: failed + (ranNothing ? 1 : 0), skipped, broken };
}

/** jest's report for people without the files that passed. */
function failuresOnly(text) {
  return text
    .split("\n")
    .filter((line) => !/^(PASS|RUNS) /.test(stripVTControlCharacters(line).trim()))
    .join("\n")
    .trimEnd();
}

/** Ends what tests left running below the scratch folder: names of its paths are unique to this run. */
function endStrays() {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" });
  const strays = (stdout ?? "")
    .split("\n")
    .map((line) => line.trim().match(/^(\d+)\s+(.*)$/))
    .filter((match) => match?.[2].includes(scratch) && Number(match[1]) !== process.pid);
  for (const [, pid, command] of strays) {
    console.log(`    ended a process that a test left behind: ${command.slice(0, 100)}`);
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

async function main() {
  const wanted = process.argv.slice(2);
  const names = lanes.flat().map(({ name }) => name);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`no stage ${unknown.join(", ")}: ${names.join(", ")}`);
  const startedAt = Date.now();
  const ended = [];
  const runLane = async (lane) => {
    for (const stage of lane)
      if (wanted.length === 0 || wanted.includes(stage.name)) ended.push([stage, await run(stage)]);
  };
  await Promise.all(lanes.map(runLane));
  const results = [];
  for (const [stage, result] of ended) results.push(await runAgain(stage, result));
  endStrays();
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`\nin ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  process.exitCode = sum("failed") > 0 ? 1 : 0;
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    endStrays();
    process.exit(130);
  });
}
main()
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 2;
  })
  .finally(() => fs.rmSync(scratch, { recursive: true, force: true }));
