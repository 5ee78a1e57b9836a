// What CI does with a stack, the same here as there:
//   node scripts/ci/stack.cjs preview|deploy|audit --stack NAME [--policies CONFIG.json] [--report FILE.md] [--project DIR]
// preview: what would change and what the policies say, deploy: the same and then the change, audit: what the policies
// say about what is deployed. The exit code is 0 only where nothing blocks. The report is for a comment or a summary.
const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { parseArgs } = require("node:util");
const { describeFault, describeRun } = require("./report.cjs");

const root = path.resolve(__dirname, "../..");
const pack = path.join(root, "policies");

const commands = {
  preview: ["preview", "--diff"],
  // Never --skip-preview: rules across resources block there; in the update itself they come too late.
  deploy: ["up", "--yes"],
  audit: ["policy", "analyze"],
};
const titles = { preview: "Preview", deploy: "Deployment", audit: "Audit" };

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stack: { type: "string" },
      policies: { type: "string", default: path.join(pack, "config", "strict.json") },
      project: { type: "string", default: root },
      report: { type: "string" },
    },
  });
  const [command, ...more] = positionals;
  if (!(command in commands) || more.length > 0 || !values.stack) {
    console.error(`usage: stack.cjs ${Object.keys(commands).join("|")} --stack NAME [--policies FILE] [--report FILE]`);
    process.exitCode = 2;
    return;
  }
  run(command, values).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}

async function run(command, { stack, policies, report, project }) {
  // The engine takes misspelt policies in silence. With one, nothing is deployed; a preview or an audit shows what it can.
  const lint = spawnSync(process.execPath, [path.join(pack, "bin/redshift-policies.cjs"), "lint", policies], {
    encoding: "utf8",
  });
  const faults = lint.status === 0 ? "" : lint.stderr;
  process.stderr.write(faults);
  if (faults && command === "deploy") {
    write(report, describeFault(`Policy configuration of \`${stack}\``, faults));
    return 1;
  }
  const args = [...commands[command], "--stack", stack, "--policy-pack", pack, "--policy-pack-config", policies];
  const { code, output } = await pulumi(
    [...args, "--cwd", project, "--non-interactive", "--color", "never"],
    whereabouts(stack),
  );
  const good = code === 0 && !faults;
  write(report, describeRun(`${titles[command]} of \`${stack}\``, good, output, faults));
  return good ? 0 : 1;
}

/** Stack `local` is the sandbox's, whatever the shell points at; every other is where the shell says. */
function whereabouts(stack) {
  if (stack !== "local") return process.env;
  const args = [path.join(root, "cli/bin/fleet.cjs"), "sandbox", "env", "--json"];
  const found = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (found.status !== 0) throw new Error(found.stderr.trim());
  return { ...process.env, ...JSON.parse(found.stdout) };
}

/** Runs the engine, shows what it prints while it prints it, and keeps it. */
function pulumi(args, variables) {
  // What is on PATH already comes first; set-up's engine follows, without what stands in for the sandbox's providers: an
  // engine prefers what is on PATH to what it downloads (pulumi/pulumi, GetPluginPath in sdk/go/common/workspace).
  const { launcherDirectories } = require("../../toolchain/dist/index.js");
  const PATH = [variables.PATH, ...launcherDirectories({ attached: false })].join(path.delimiter);
  const env = { ...variables, PATH };
  const child = spawn("pulumi", args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of ["stdout", "stderr"]) {
    // As text: a character of several bytes may come in two pieces.
    child[stream].setEncoding("utf8").on("data", (text) => {
      output += text;
      process[stream].write(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(new Error(`pulumi does not start: ${error.message}. Run scripts/setup.cjs first`)),
    );
    child.once("close", (code) => resolve({ code, output }));
  });
}

function write(report, text) {
  if (report) fs.writeFileSync(report, text);
  if (process.env.GITHUB_STEP_SUMMARY) fs.appendFileSync(process.env.GITHUB_STEP_SUMMARY, text);
}

main();
