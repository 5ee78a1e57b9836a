import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";

const repository = path.resolve(__dirname, "../..");
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "quick-load-"));
  fs.symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Runs a script as the program runs: quick-load first, then the SDK's own source maps. */
function start(source: string, variables: NodeJS.ProcessEnv = { REDSHIFT_FLEET_QUICK_LOAD: "on" }) {
  const file = path.join(folder, "script.cjs");
  fs.writeFileSync(file, source);
  const env = { ...process.env, ...variables };
  return spawnSync(process.execPath, ["--require", path.join(__dirname, "index.cjs"), file], { encoding: "utf8", env });
}

/** What a script prints last, as JSON. */
function run(source: string): unknown {
  const { stdout, stderr } = start(source);
  expect(stderr).toBe("");
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

test("what the compiled packages load later is found with quick-load on every Node", () => {
  const dist = path.join(repository, "components", "dist", "lifecycle", "index.js");
  const loaded = run(`
    require(${JSON.stringify(path.join(repository, "scripts", "build.cjs"))}).build(["redshift", "components"]);
    const { drain } = require(${JSON.stringify(dist)}).lifecycles;
    drain.delete("id", {}).then(() => console.log('"gone"'), (error) => console.log(JSON.stringify(error.message)));
  `);
  expect(loaded).not.toMatch(/dynamic import/);
});

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
    const pulumi = require("@pulumi/pulumi");
    const loaded = (part) => Object.keys(require.cache).some((file) => file.includes(part));
    const late = !loaded("/typescript/") && !loaded("/arborist/");
    const file = require.resolve("@pulumi/pulumi/runtime/closure/codePaths");
    const sdk = { filename: file, paths: require("node:module")._nodeModulePaths(file), children: [] };
    const load = (name) => require("node:module")._load(name, sdk, false);
    const [typescript, arborist, normalize] = ["typescript", "@npmcli/arborist", "normalize-package-data"].map(load);
    const data = { name: "mine", version: "v1.0.0" };
    normalize(data);
    console.log(JSON.stringify({
      late,
      typescript: typescript.version,
      names: Object.keys(typescript).includes("createProgram") && "createProgram" in typescript,
      arborist: typeof arborist.Arborist,
      constructed: new arborist({ path: "." }).path !== undefined,
      version: data.version,
      once: load("typescript") === typescript,
      mine: require("typescript") === require("typescript") && !require("node:util").types.isProxy(require("typescript")),
    }));
  `);
  expect(found).toEqual({
    late: true,
    typescript: expect.stringMatching(/^5\./),
    names: true,
    arborist: "function",
    constructed: true,
    version: "1.0.0",
    once: true,
    mine: true,
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

test("a function that cannot be serialised is shown with its file", () => {
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

/** Whether anything was changed, and the debug line. */
function judged(variables: NodeJS.ProcessEnv): { patched: boolean; said: string } {
  const source = `console.log(/standIn|actual/.test(String(require("node:module")._load)))`;
  const { stdout, stderr } = start(source, { NODE_DEBUG: "redshift-fleet", ...variables });
  return { patched: stdout.trim() === "true", said: stderr };
}

test("it acts only where it is asked to, with one line for who debugs it", () => {
  expect(judged({ REDSHIFT_FLEET_QUICK_LOAD: "on" })).toEqual({ patched: true, said: "" });
  for (const value of ["off", undefined]) {
    const { patched, said } = judged({ REDSHIFT_FLEET_QUICK_LOAD: value });
    expect(patched).toBe(false);
    expect(said.trim().split("\n")).toEqual([
      expect.stringMatching(`quick-load does nothing: REDSHIFT_FLEET_QUICK_LOAD is ${value ?? "unset"}$`),
    ]);
  }
});

test("it leaves another release of the SDK alone", () => {
  fs.rmSync(path.join(folder, "node_modules"));
  const sdk = path.join(folder, "node_modules/@pulumi/pulumi");
  fs.mkdirSync(sdk, { recursive: true });
  fs.writeFileSync(path.join(sdk, "package.json"), '{ "version": "3.999.0" }');
  const { patched, said } = judged({ REDSHIFT_FLEET_QUICK_LOAD: "on" });
  expect(patched).toBe(false);
  expect(said).toContain("@pulumi/pulumi is 3.999.0, and 3.247.0 was tested");
});

test("the release that was tested is the one that the program has", () => {
  const { tested } = require("./supports.cjs") as { tested: { sdk: string } };
  const { version } = require("@pulumi/pulumi/package.json") as { version: string };
  expect(version).toBe(tested.sdk);
});

test.each(["infra/main.cjs", "policies/pack.ts", "components/index.ts", "toolchain/package.json"])(
  "%s does without it",
  (file) => {
    expect(fs.readFileSync(path.join(repository, file), "utf8")).not.toContain("quick-load");
  },
);
