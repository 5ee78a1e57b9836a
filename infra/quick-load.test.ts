import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { buildSync } from "esbuild";

const repository = path.resolve(__dirname, "..");
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "quick-load-"));
  fs.symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Runs a script as the program runs: quick-load first, then the SDK's own source maps. */
function start(source: string): { stdout: string; stderr: string; status: number | null } {
  const file = path.join(folder, "script.cjs");
  fs.writeFileSync(file, source);
  const quickLoad = path.join(repository, "scripts", "quick-load", "index.cjs");
  return spawnSync(process.execPath, ["--require", quickLoad, file], { encoding: "utf8" });
}

/** What a script prints last, as JSON. */
function run(source: string): unknown {
  const { stdout, stderr } = start(source);
  expect(stderr).toBe("");
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

test("an error in a user's program shows the file and line of the source, before and after the SDK is loaded", () => {
  const source = path.join(folder, "program.ts");
  fs.writeFileSync(
    source,
    "interface Unused {\n  a: string;\n}\n\nexport function fail(): never {\n  throw new Error('mine');\n}\n",
  );
  buildSync({ entryPoints: [source], outdir: folder, bundle: true, sourcemap: true, format: "cjs", platform: "node" });
  const stack = run(`
    require("source-map-support/register");
    require("@pulumi/pulumi");
    try { require("./program.js").fail(); } catch (error) { console.log(JSON.stringify(error.stack)); }
  `);
  expect(stack).toMatch(/^Error: mine\n/);
  expect(stack).toContain(`${source}:6:`);
});

test("frames of the SDK are printed with their folder, of causes too; whatever else is thrown stays what it is", () => {
  const printed = run(`
    const { defaultErrorMessage } = require("@pulumi/pulumi/cmd/run/error");
    const thrown = (message, frames, cause) =>
      Object.assign(new Error(message, { cause }), { stack: ["Error: " + message, ...frames].join("\\n    at ") });
    const cause = thrown("below", ["C:\\\\srv\\\\node_modules\\\\@pulumi\\\\output.ts:7:1"]);
    const error = thrown("above", [
      "fleet (/srv/infra/index.ts:21:17)",
      "Object.run (/srv/node_modules/@pulumi/cmd/run/run.ts:579:20)",
      "Stack.initialize (/srv/node_modules/@pulumi/resource.ts:1598:22)",
    ], cause);
    console.log(JSON.stringify([defaultErrorMessage(error), defaultErrorMessage("text")]));
  `) as [string, string];
  const frames = stripVTControlCharacters(printed[0]).match(/(?<=^ +at ).*[^{\s]/gm);
  expect(frames).toEqual([
    "fleet (/srv/infra/index.ts:21:17)",
    "Object.run (/srv/node_modules/@pulumi/cmd/run/run.ts:579:20)",
    "Stack.initialize (/srv/node_modules/@pulumi/pulumi/resource.ts:1598:22)",
    "C:\\srv\\node_modules\\@pulumi\\pulumi\\output.ts:7:1",
  ]);
  expect(printed[1]).toBe("text");
});

test("without source maps errors look as they always do", () => {
  const [ours, nodes] = run(`
    const stacks = [];
    for (const format of [Error.prepareStackTrace, undefined]) {
      Object.defineProperty(Error, "prepareStackTrace", { value: format, configurable: true, writable: true });
      stacks.push(new TypeError("mine").stack);
    }
    console.log(JSON.stringify(stacks));
  `) as [string, string];
  expect(ours).toMatch(/^TypeError: mine\n {4}at .*script\.cjs:5:/);
  expect(ours).toBe(nodes);
});

test("what is loaded late is the module itself once somebody looks", () => {
  const found = run(`
    const typescript = require("typescript");
    const { RedshiftDataClient } = require("@aws-sdk/client-redshift-data");
    const arborist = require("@npmcli/arborist");
    const pulumi = require("@pulumi/pulumi");
    console.log(JSON.stringify({
      typescript: typescript.version,
      names: Object.keys(typescript).includes("createProgram") && "createProgram" in typescript,
      client: RedshiftDataClient.name,
      arborist: typeof arborist.Arborist,
      automation: typeof pulumi.automation.LocalWorkspace.create,
      late: !Object.keys(require.cache).some((file) => file.includes("client-secrets-manager")),
    }));
  `);
  expect(found).toEqual({
    typescript: expect.stringMatching(/^5\./),
    names: true,
    client: "RedshiftDataClient",
    arborist: "function",
    automation: "function",
    late: true,
  });
});

test("functions can still be serialised, which needs the compiler", () => {
  const text = run(`
    const pulumi = require("@pulumi/pulumi");
    const factor = 3;
    pulumi.runtime.serializeFunction((value) => value * factor).then(({ text }) => console.log(JSON.stringify(text)));
  `);
  expect(text).toContain("factor");
});

test("a function that cannot be serialised is shown with its file, loaded while the debugger was off", () => {
  fs.writeFileSync(
    path.join(folder, "native.js"),
    "let native;\nnew Promise((resolve) => { native = resolve; });\nexports.call = () => native();\n",
  );
  const message = run(`
    const pulumi = require("@pulumi/pulumi");
    require("@pulumi/pulumi/runtime/closure/v8Hooks").isInitializedAsync().then(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const { call } = require("./native.js");
      await pulumi.runtime.serializeFunction(call).catch((error) => console.log(JSON.stringify(error.message)));
    });
  `);
  expect(message).toContain("native.js(3,");
});

test("what only --debug shows reaches the engine whole and in order, in few calls, before the program ends", () => {
  const calls = run(`
    const log = require("@pulumi/pulumi/log");
    const state = require("@pulumi/pulumi/runtime/state");
    const settings = require("@pulumi/pulumi/runtime/settings");
    const calls = [];
    state.withLocalStorage(async () => {
      state.getStore().settings.engine = {
        log: (request, done) => { calls.push(request.getMessage()); setImmediate(done); },
      };
      for (let at = 0; at < 700; at++) log.debug("message " + at);
      await log.info("for everybody");
      await settings.waitForRPCs();
      console.log(JSON.stringify(calls));
    });
  `) as string[];
  const lines = calls.filter((call) => call !== "for everybody").flatMap((call) => call.split("\n"));
  expect(lines).toEqual(Array.from({ length: 700 }, (_, at) => `message ${at}`));
  expect(calls).toHaveLength(3);
});

test("a promise that never settles is reported", () => {
  const script = `
    require("@pulumi/pulumi/runtime/debuggable").debuggablePromise(new Promise(() => {}), "mine");
  `;
  const { status, stderr } = start(script);
  expect(stderr).toContain("1 promise was still active");
  expect(status).toBe(1);
});

test.each(["infra/main.cjs", "policies/pack.ts"])("%s loads it before anything else", (file) => {
  const source = fs.readFileSync(path.join(repository, file), "utf8");
  const [first] = source.match(/(?:import|require)\W.*/) ?? [];
  expect(first).toContain("../scripts/quick-load/index.cjs");
});
