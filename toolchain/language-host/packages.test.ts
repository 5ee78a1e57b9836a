import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { attachedProviders, installedPackages, requiredPlugins } from "./packages";

let root: string;

/** Writes package.json files: a program in `app` of a workspace whose packages are hoisted to the root. */
function install(manifests: Record<string, object>): string {
  for (const [folder, manifest] of Object.entries(manifests)) {
    fs.mkdirSync(path.join(root, folder), { recursive: true });
    fs.writeFileSync(path.join(root, folder, "package.json"), JSON.stringify(manifest));
  }
  return path.join(root, "app");
}

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "packages-"));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

const hoisted = {
  app: { name: "app", dependencies: { library: "1", "@pulumi/aws": "7" } },
  "node_modules/library": { name: "library", version: "1.0.0", dependencies: { "@pulumi/command": "1" } },
  "node_modules/@pulumi/aws": { name: "@pulumi/aws", version: "7.48.0", pulumi: { resource: true, name: "aws" } },
  "node_modules/@pulumi/command": {
    name: "@pulumi/command",
    version: "1.2.1",
    pulumi: { resource: true, server: "https://plugins.example" },
  },
};

test("providers are found through dependencies of dependencies, wherever npm put them", () => {
  expect(requiredPlugins(install(hoisted), new Set())).toEqual([
    { name: "command", version: "1.2.1", server: "https://plugins.example" },
    { name: "aws", version: "7.48.0", server: undefined },
  ]);
});

test("a provider that is running already needs no plugin", () => {
  const attached = attachedProviders("aws:4001, command:4002");
  expect(requiredPlugins(install(hoisted), attached)).toEqual([]);
  expect(attachedProviders(undefined)).toEqual(new Set());
});

test("packages that need each other are listed once", () => {
  const directory = install({
    app: { name: "app", dependencies: { a: "1" } },
    "node_modules/a": { name: "a", version: "1.0.0", dependencies: { b: "1" } },
    "node_modules/b": { name: "b", version: "2.0.0", dependencies: { a: "1" } },
  });
  expect(installedPackages(directory, Number.POSITIVE_INFINITY).map(({ name }) => name)).toEqual(["a", "b"]);
  expect(installedPackages(directory, 1).map(({ name }) => name)).toEqual(["a"]);
});
