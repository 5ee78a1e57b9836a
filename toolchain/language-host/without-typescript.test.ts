import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";

let folder: string;
let compiled: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "without-typescript-"));
  compiled = path.join(folder, "without-typescript.js");
  const source = path.join(__dirname, "without-typescript.ts");
  buildSync({ entryPoints: [source], outfile: compiled, format: "cjs", platform: "node", bundle: true });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** What a script prints that runs in the repository with the module loaded first, or without. */
function run(script: string, first: string[] = ["--require", compiled]): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, [...first, "-e", script], {
    cwd: __dirname,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

/** As the SDK does before it loads a pack. */
const register = `
  const { tsnodeRequire, typescriptRequire } = require("@pulumi/pulumi/tsutils").typeScriptRequireStrings();
  const load = require("node:module").createRequire(require.resolve("@pulumi/pulumi/cmd/run-policy-pack/run"));
  const before = require.extensions[".ts"];
  load(tsnodeRequire).register({ compiler: typescriptRequire });
  const compiler = Object.keys(require.cache).some((file) => /typescript(@[^/]+)?\\/(lib\\/)?_?t/.test(file));
  console.log(JSON.stringify({ version: typeof load(typescriptRequire).version, compiler, registered: require.extensions[".ts"] !== before }));`;

test("the SDK gets a ts-node that registers nothing, and no compiler is loaded", () => {
  expect(run(register)).toEqual({ version: "string", compiler: false, registered: false });
  expect(run(register, [])).toEqual({ version: "string", compiler: true, registered: true });
});

test("a pack that asks for the compiler itself gets it", () => {
  const script = 'console.log(JSON.stringify(typeof require("typescript").transpileModule))';
  expect(run(script)).toBe("function");
});
