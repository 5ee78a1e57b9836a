import fs from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { fleet as program } from "../../cli/program";
import { query } from "./support/clients";
import { blocksOf, commandLines } from "./support/documented";
import { deployMs, repository } from "./support/fleet";
import { loginOf } from "./support/logins";
import { isInstalled, run } from "./support/processes";
import { sharedFleet } from "./support/shared-fleet";

// Every command of README.md and docs/: what it names exists, and it runs here, or in another test, or the table says why
// it cannot. A new command has to be one of the three.

jest.setTimeout(deployMs);

type Way = "run" | { test: string } | { not: string };
const account = "it needs an account: the sandbox has no such API";
const deploying = "it deploys to an account; the sandbox's stack is deployed by every other test";
const readers = "it opens psql and waits for a person";

/** The first that fits decides. */
const table: [RegExp, Way][] = [
  [/^npm start$|^npx fleet start|^npx fleet init/, { test: "fleet.test.ts" }],
  [/^npm (stop|run clean)$|^npx fleet sandbox (start|stop)/, { test: "fleet.test.ts" }],
  [/^npm (test|run setup|ci)$|^node scripts\/setup\.cjs$/, { not: "the tests themselves begin with it" }],
  [/^npm run bench/, { not: "half an hour; tests/bench/figures.test.ts tests what it is made of" }],
  [/^npm run aws-check/, { test: "aws-check.test.ts" }],
  [/^npm pack/, { test: "packages.test.ts" }],
  [/^npm install --save-exact \.\//, { test: "packages.test.ts" }],
  [
    /^npm install .*@redshift-fleet\/policies|^npx redshift-policies|node_modules\/@redshift-fleet\/policies/,
    { test: "policies/package.test.ts" },
  ],
  [/^npx fleet connect( --stack \w+)?( --sandbox)?( --(producer|consumer \w+))*$/, { not: readers }],
  [/^npx fleet connect .*'DROP DATABASE/, { not: "it drops what other tests read" }],
  [/^npx fleet connect .*--user|--sandbox|^npx fleet .*--no-sandbox/, { not: "it is about a stack that is not here" }],
  [/^npx fleet (connect|verify|check|outputs|env|top|destroy --preview-only)\b/, "run"],
  [/^npx fleet destroy/, { not: "it deletes the stack that other tests use" }],
  [/^npx fleet share sync/, { not: "it changes shares: redshift's own tests run the operation" }],
  [/^npx fleet ci policies/, "run"],
  [/^eval "\$\(npx fleet (sandbox )?env\)"$/, "run"],
  [/^eval "\$\(npx fleet sandbox env --stack/, { not: "it is about a stack that is not here" }],
  [/^pulumi version$/, "run"],
  [/^pulumi (preview|refresh|up)\b|^pulumi (stack init|login)/, { not: deploying }],
  [/^node scripts\/ci\/stack\.cjs preview --stack local/, { test: "ci.test.ts" }],
  [/^aws sts get-caller-identity$/, { not: "the AWS CLI is not installed everywhere; the operation has its tests" }],
  [
    /^W=\$\(npx fleet outputs|^aws redshift-serverless ((create|get)-snapshot |list-snapshots|restore-from-snapshot|get-namespace)/,
    {
      not: "it cuts off whoever is connected; the sandbox's own snapshots.test.ts and warehouse.test.ts run the operations",
    },
  ],
  [/^aws |^KEY=\$\(aws |^gh |^export (AWS_REGION|PULUMI_BACKEND_URL)=/, { not: account }],
  [/^export PGPASSWORD=|^psql /, { test: "clients.test.ts" }],
  [/^sysctl /, { not: "it changes the machine" }],
  [/^dbt /, { not: "dbt is not installed" }],
];

const commands = commandLines();
const wayOf = (text: string) => table.find(([pattern]) => pattern.test(text))?.[1];

test("every file and folder that CONTRIBUTING.md names is there", () => {
  const text = fs.readFileSync(path.join(repository, "CONTRIBUTING.md"), "utf8");
  const named = [...text.matchAll(/`([\w./-]+)`/g)].map(([, name]) => name!).filter((name) => name.includes("/"));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !fs.existsSync(path.join(repository, name)))).toEqual([]);
});

test("every command is run, or the table says where or why not", () => {
  expect(commands.length).toBeGreaterThan(50);
  const unknown = commands.filter(({ text }) => !wayOf(text)).map(({ page, text }) => `${page}: ${text}`);
  expect(unknown).toEqual([]);
  const stale = table.filter(
    (entry) => !commands.some(({ text }) => table.find(([pattern]) => pattern.test(text)) === entry),
  );
  expect(stale.map(([pattern]) => String(pattern))).toEqual([]);
  for (const [, way] of table)
    if (typeof way === "object" && "test" in way) expect(fs.existsSync(path.join(__dirname, way.test))).toBe(true);
});

test("what commands name exists: options of fleet, scripts of npm, files", () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(repository, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const faults = commands.flatMap(({ page, text }) => {
    const fault = (what: string) => [`${page}: ${what} in ${text}`];
    const [, script] = /^npm (?:run )?(start|stop|test|bench|clean|setup|aws-check|[\w-]+:[\w-]+)\b/.exec(text) ?? [];
    if (script && !scripts[script]) return fault(`no script ${script}`);
    const [, file] = /^node (\S+)/.exec(text) ?? [];
    if (file && !fs.existsSync(path.join(repository, file))) return fault(`no file ${file}`);
    const [, line] = /npx fleet ([^|)]*)/.exec(text) ?? [];
    return line === undefined ? [] : unknownOptions(line).flatMap(fault);
  });
  expect(faults).toEqual([]);
});

/** What a command line of `fleet` has that the program has not. */
function unknownOptions(line: string): string[] {
  const words = (line.split(" -- ")[0] ?? "").match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  let command: Command = program();
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word);
    if (next) command = next;
    else if (command.commands.length > 0 && !word.startsWith("-")) return [`no command ${word}`];
  }
  const known = command.options.flatMap(({ long, short }) => [long, short]);
  return words
    .filter((word) => /^--?[a-z]/.test(word) && !known.includes(word.split("=")[0]!))
    .map((word) => `no option ${word}`);
}

/** What npx does about a command of this repository, without npm, which takes as long again as the command. */
const npx = `npx() { PATH=${path.join(repository, "node_modules", ".bin")}:$PATH "$@"; }`;

test("the commands that read run, one after another", async () => {
  const { fleet } = await sharedFleet();
  const lines = commands.filter(({ text }) => wayOf(text) === "run").map(({ text }) => text);
  const here = (line: string) =>
    line.replace(/--stack (?!local)\w+(?=.*)/, /ci policies/.test(line) ? "$&" : "--stack local");
  const wanted = [...new Set(lines.map(here))].filter(
    (line) => !/^npx fleet connect -|-c /.test(line) || isInstalled("psql"),
  );
  expect(wanted.length).toBeGreaterThan(5);
  for (const line of wanted) {
    const command = /ci policies/.test(line) ? `${line} --directory ${fleet.directory}/ci-roles` : line;
    const finished = await run("bash", ["-c", `${npx}; ${command}`], {
      cwd: repository,
      env: fleet.environment,
      timeoutMs: deployMs,
    });
    expect({ command, code: finished.code, stderr: finished.code === 0 ? "" : finished.stderr }).toEqual({
      command,
      code: 0,
      stderr: "",
    });
  }
});

test("the statements that administrators are shown run on a warehouse", async () => {
  const { fleet } = await sharedFleet();
  const admin = await loginOf(fleet, fleet.outputs().producer);
  const statements = blocksOf("sql").filter(({ page }) => page === "docs/day-two.md");
  expect(statements.length).toBeGreaterThan(1);
  for (const { text } of statements) await query(admin, text);
});

test("the statements that readers are shown run through the balancer", async () => {
  const { reader } = await sharedFleet();
  const statements = blocksOf("sql")
    .filter(({ page }) => page === "docs/connection-guide.md")
    .flatMap(({ text }) => text.replaceAll(/--.*$/gm, "").split(";"))
    .filter((statement) => statement.trim() !== "");
  expect(statements.length).toBeGreaterThan(1);
  for (const statement of statements) expect((await query(reader, statement)).length).toBeGreaterThan(0);
});
