import fs from "node:fs";
import path from "node:path";
import { type Fleet, repository } from "./fleet";

/** Makes a Pulumi project with a program in JavaScript, beside the sandbox; modules come from the repository. */
export function writeProject(fleet: Fleet, name: string, program: string): string {
  const project = path.join(fleet.directory, name);
  fs.mkdirSync(project);
  fs.symlinkSync(path.join(repository, "node_modules"), path.join(project, "node_modules"));
  const put = (file: string, text: string) => fs.writeFileSync(path.join(project, file), text);
  put("Pulumi.yaml", `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n`);
  put("package.json", '{ "main": "index.cjs" }');
  put("index.cjs", program);
  return project;
}
