import fs from "node:fs";
import path from "node:path";
import { deployMs, type Fleet, repository } from "./support/fleet";
import { type Finished, run, succeed } from "./support/processes";
import { sharedFleet } from "./support/shared-fleet";

// The packages as another repository would install them: packed, unpacked into an empty project, and of other packages
// nothing but what their manifests name. The policy pack has a test of its own.

const packages = ["redshift", "health", "components", "toolchain", "sandbox", "cli"] as const;
type Name = (typeof packages)[number];
interface Manifest {
  version: string;
  license: string;
  private?: boolean;
  dependencies: Record<string, string>;
}

let fleet: Fleet;
let project: string;
const installed = (name: Name, ...parts: string[]) =>
  path.join(project, "node_modules/@redshift-fleet", name, ...parts);
const manifestOf = (name: Name) => JSON.parse(fs.readFileSync(installed(name, "package.json"), "utf8")) as Manifest;

jest.setTimeout(deployMs);
beforeAll(async () => {
  ({ fleet } = await sharedFleet());
  project = fs.mkdtempSync(path.join(fleet.directory, "elsewhere-"));
  const which = packages.flatMap((name) => ["--workspace", name]);
  // Types take the compiler half a minute; the stage of types has judged them.
  const env = { ...process.env, REDSHIFT_FLEET_PACK: "code" };
  await succeed("npm", ["pack", ...which, "--pack-destination", project], { cwd: repository, env });
  for (const name of packages) await unpack(name);
  link("@pulumi/aws");
  fs.writeFileSync(path.join(project, "package.json"), '{ "main": "index.cjs" }');
  const runtime = "name: elsewhere\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";
  fs.writeFileSync(path.join(project, "Pulumi.yaml"), runtime);
  fs.writeFileSync(path.join(project, "index.cjs"), programOfTheGuide());
});

async function unpack(name: Name): Promise<void> {
  fs.mkdirSync(installed(name), { recursive: true });
  const tarball = path.join(project, `redshift-fleet-${name}-${version}.tgz`);
  await succeed("tar", ["-xzf", tarball, "-C", installed(name), "--strip-components", "1"]);
  for (const dependency of Object.keys(manifestOf(name).dependencies))
    if (!dependency.startsWith("@redshift-fleet/")) link(dependency);
}

const { version } = JSON.parse(fs.readFileSync(path.join(repository, "package.json"), "utf8")) as Manifest;

function link(dependency: string): void {
  const at = path.join(project, "node_modules", dependency);
  fs.mkdirSync(path.dirname(at), { recursive: true });
  if (!fs.existsSync(at)) fs.symlinkSync(path.join(repository, "node_modules", dependency), at);
}

function programOfTheGuide(): string {
  const guide = fs.readFileSync(path.join(repository, "docs/components.md"), "utf8");
  return /```js\n([\s\S]*?)\n```/.exec(guide)![1]!;
}

/** As on AWS: the SDK as it is. */
const unpatched = { REDSHIFT_FLEET_QUICK_LOAD: "off" };
const paste = (line: string): Promise<Finished> =>
  run("bash", ["-c", line], { cwd: project, env: { ...fleet.environment, ...unpatched }, timeoutMs: deployMs });

test.each(packages)("%s has a licence, a version, a page, a change log, and neither sources nor tests", (name) => {
  const files = fs.readdirSync(installed(name), { recursive: true }).map(String);
  expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "CHANGELOG.md", "dist/index.js"]));
  expect(files.filter((file) => /(?<!\.d)\.ts$|\.test\.|\.map$|testing/.test(file))).toEqual([]);
  const { license, private: hidden, dependencies } = manifestOf(name);
  expect({ license, hidden }).toEqual({ license: "Apache-2.0", hidden: undefined });
  for (const [dependency, wanted] of Object.entries(dependencies)) {
    expect([dependency, wanted]).toEqual([dependency, expect.stringMatching(/^\d/)]);
    if (dependency.startsWith("@redshift-fleet/")) expect(wanted).toBe(version);
  }
});

test("the program of the guide previews", async () => {
  const stack = `lab-${process.pid}`;
  expect((await paste(`pulumi stack init --stack ${stack} --non-interactive`)).code).toBe(0);
  const { code, stdout, stderr } = await paste(`pulumi preview --stack ${stack} --non-interactive --color never`);
  expect(code === 0 ? "" : stdout + stderr).toBe("");
  expect(Number(/\+ (\d+) to create/.exec(stdout)?.[1])).toBeGreaterThan(40);
});

test("`fleet` runs, and finds the sandbox that is running", async () => {
  const fleetOf = (args: string) => paste(`node node_modules/@redshift-fleet/cli/bin/fleet.cjs ${args}`);
  expect((await fleetOf("--help")).stdout).toContain("Usage: fleet");
  expect(JSON.parse((await fleetOf("sandbox status --json")).stdout)).toMatchObject({ ready: true });
});
