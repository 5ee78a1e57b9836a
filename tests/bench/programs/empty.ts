import fs from "node:fs";
import path from "node:path";
import { repositoryDirectory } from "@redshift-fleet/toolchain";

const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";

/** A folder with a program in plain JavaScript that finds the repository's packages. */
export function writeProgram(folder: string, source: string): string {
  write(folder, {
    "Pulumi.yaml": `name: ${path.basename(folder)}\n${runtime}`,
    "package.json": JSON.stringify({ name: path.basename(folder), version: "1.0.0", main: "index.js" }),
    "index.js": source,
  });
  return folder;
}

/** The least that Pulumi can be asked to preview: what `pulumi new` writes, compiled. */
export function writeEmptyProgram(folder: string): string {
  return writeProgram(folder, 'require("@pulumi/pulumi");\n');
}

export function writeEmptyPack(folder: string): string {
  write(folder, {
    "PulumiPolicy.yaml": runtime,
    "package.json": JSON.stringify({ name: "empty-pack", version: "1.0.0", main: "index.js" }),
    "index.js": 'const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [] });\n',
  });
  return folder;
}

function write(folder: string, files: Record<string, string>): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.symlinkSync(path.join(repositoryDirectory(), "node_modules"), path.join(folder, "node_modules"));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
}
