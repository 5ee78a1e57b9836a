import { spawnSync } from "node:child_process";
import path from "node:path";

const quickLoad = path.join(__dirname, "index.cjs");
const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** What a script prints that runs as a policy pack does, with the hook or without. */
function run(script: string, variables: NodeJS.ProcessEnv = {}): unknown {
  const asRunner = `process.argv[1] = ${JSON.stringify(runner)}; require(${JSON.stringify(quickLoad)}); ${script}`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", asRunner], {
    cwd: __dirname,
    env: { ...process.env, REDSHIFT_FLEET_QUICK_LOAD: "on", ...variables },
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
  expect(run(register, { REDSHIFT_FLEET_QUICK_LOAD: "off" })).toEqual({
    version: "string",
    compiler: true,
    registered: true,
  });
});

test("a pack in TypeScript gets both", () => {
  expect(run(register, { PULUMI_NODEJS_TYPESCRIPT: "true" })).toMatchObject({ compiler: true, registered: true });
});

test("a pack that asks for the compiler itself gets it", () => {
  const script = 'console.log(JSON.stringify(typeof require("typescript").transpileModule))';
  expect(run(script)).toBe("function");
});
