// What CI does with a stack, the same here as there:
//   node scripts/ci/stack.cjs preview|deploy|audit --stack NAME [--policies CONFIG.json] [--report FILE.md] [--project DIR]
// preview: what would change and what the policies say, deploy: the same and then the change, audit: what the policies
// say about what is deployed. The exit code is 0 only where nothing blocks. The report is for a comment or a summary.
const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { parseArgs } = require("node:util");

const root = path.resolve(__dirname, "../..");
const pack = path.join(root, "policies");
/** GitHub refuses comments of more than 65536 characters. */
const longestDetails = 55_000;

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
  run(command, values).then((code) => {
    process.exitCode = code;
  });
}

async function run(command, { stack, policies, report, project }) {
  // The engine takes misspelt policies in silence.
  const lint = spawnSync(process.execPath, [path.join(pack, "bin/redshift-policies.cjs"), "lint", policies], {
    encoding: "utf8",
  });
  if (lint.status !== 0) {
    process.stderr.write(lint.stderr);
    write(report, `### ❌ Policy configuration of \`${stack}\`\n\n${fenced(lint.stderr)}\n`);
    return 1;
  }
  const args = [...commands[command], "--stack", stack, "--policy-pack", pack, "--policy-pack-config", policies];
  const { code, output } = await pulumi([...args, "--cwd", project, "--non-interactive", "--color", "never"]);
  write(report, describe(command, stack, code, output));
  return code === 0 ? 0 : 1;
}

/** Runs the engine, shows what it prints while it prints it, and keeps it. */
function pulumi(args) {
  // Setup put a launcher of the engine here; one that is on PATH already comes first.
  const bin = path.join(root, "sandbox", "dist", "bin");
  const env = { ...process.env, PATH: `${process.env.PATH}${path.delimiter}${bin}` };
  const child = spawn("pulumi", args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const keep = (stream) => (data) => {
    output += data;
    stream.write(data);
  };
  child.stdout.on("data", keep(process.stdout));
  child.stderr.on("data", keep(process.stderr));
  return new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(new Error(`pulumi does not start: ${error.message}. Run scripts/setup.cjs first`)),
    );
    child.once("close", (code) => resolve({ code, output }));
  });
}

function describe(command, stack, code, output) {
  const text = output.replace(/^(@ |Loading policy packs).*\n/gm, "");
  const mark = code === 0 ? "✅" : "❌";
  const parts = [`### ${mark} ${titles[command]} of \`${stack}\``];
  for (const section of ["Policies", "Resources", "Diagnostics"]) {
    const found = sectionOf(text, section);
    if (found) parts.push(`**${section}**\n\n${fenced(found)}`);
  }
  const details = text.length > longestDetails ? `… cut …\n${text.slice(-longestDetails)}` : text;
  parts.push(`<details><summary>Everything that was printed</summary>\n\n${fenced(details)}\n\n</details>`);
  return `${parts.join("\n\n")}\n`;
}

/** The indented lines below a heading of the engine's summary. */
function sectionOf(text, heading) {
  const lines = text.split("\n");
  const start = lines.indexOf(`${heading}:`);
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\S/.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).join("\n").trimEnd().slice(0, 8000);
}

/** A code block that no line of its text can end. */
function fenced(text) {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

function write(report, text) {
  if (report) fs.writeFileSync(report, text);
  if (process.env.GITHUB_STEP_SUMMARY) fs.appendFileSync(process.env.GITHUB_STEP_SUMMARY, text);
}

main();
