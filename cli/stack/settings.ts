import fs from "node:fs";
import path from "node:path";
import { repositoryDirectory } from "@redshift-fleet/toolchain";
import { parse } from "yaml";
import { z } from "zod";
import { Problem } from "../terminal/terminal";
import { project } from "./names";
import { yamlFault } from "./yaml-fault";

const StackFile = z.looseObject({ config: z.record(z.string(), z.unknown()).default({}) });
const SchemaKey = z.looseObject({ directory: z.string().optional() });

/** What a stack's file says, as far as commands need it; the program checks the rest. */
export interface StackSettings {
  stack: string;
  /** Relative to the repository. */
  file: string;
  /** Everything in it. */
  content: z.infer<typeof StackFile>;
  /** `aws:region`. */
  region?: string;
  /** Folder of the schema files, absolute. */
  schemaDirectory?: string;
}

/** Where the engine keeps the settings of a stack, relative to the repository: see `stackConfigDir` in Pulumi.yaml. */
export const stackFile = (stack: string) => path.join("stacks", `Pulumi.${stack}.yaml`);

/** Names of the stacks that have a file. */
export function stacksWithFiles(root = repositoryDirectory()): string[] {
  const folder = path.join(root, "stacks");
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names.flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []).sort();
}

/** @throws Problem where there is no such file, or nothing can be made of it */
export function readSettings(stack: string, root = repositoryDirectory()): StackSettings {
  const file = stackFile(stack);
  const absolute = path.join(root, file);
  if (!fs.existsSync(absolute)) {
    const others = stacksWithFiles(root).join(", ");
    throw new Problem(`There is no ${file}. \`npx fleet init ${stack}\` writes one. There are files for: ${others}.`);
  }
  const content = parseFile(file, fs.readFileSync(absolute, "utf8"));
  const region = content.config["aws:region"];
  const schema = SchemaKey.safeParse(content.config[`${project}:schema`]).data;
  return {
    stack,
    file,
    content,
    region: typeof region === "string" ? region : undefined,
    schemaDirectory: schema?.directory === undefined ? undefined : path.resolve(root, schema.directory),
  };
}

/** What keeps the engine from reading a stack's settings; undefined where nothing does, or there are none. */
export function settingsFault(stack: string, root = repositoryDirectory()): string | undefined {
  const file = stackFile(stack);
  const absolute = path.join(root, file);
  return fs.existsSync(absolute) ? yamlFault(file, fs.readFileSync(absolute, "utf8")) : undefined;
}

function parseFile(file: string, text: string): z.infer<typeof StackFile> {
  const fault = yamlFault(file, text);
  if (fault) throw new Problem(fault);
  return StackFile.parse(parse(text) ?? {});
}
