import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { repositoryDirectory } from "@redshift-fleet/toolchain";

/** What every preview depends on besides state and configuration: program, components, pack, dependencies. */
const sources = ["Pulumi.yaml", "package-lock.json", "redshift", "components", "infra", "policies"];
const passedOver = /(^|\/)(node_modules|dist)$|\.test\.ts$/;

/** What a deployment was made of: equal prints, equal previews. */
export interface Prints {
  /** Of the sources, and of the day: waivers of policies end on one. */
  sources: string;
  /** Of the state; undefined for a stack in which nothing was ever deployed. */
  state: string | undefined;
}

/**
 * @param stateFile where a stack's state lies
 * @param own files and folders that belong to the stack: its configuration, its schema files
 */
export function takePrints(
  stateFile: string,
  own: readonly string[],
  root = repositoryDirectory(),
  day = new Date(),
): Prints {
  const hash = createHash("sha256").update(process.version).update(day.toISOString().slice(0, 10));
  for (const name of [...sources, ...own]) addTree(hash, root, name);
  return { sources: hash.digest("hex"), state: printOfState(stateFile) };
}

function addTree(hash: ReturnType<typeof createHash>, root: string, name: string): void {
  const file = path.resolve(root, name);
  if (passedOver.test(name) || !fs.existsSync(file)) return;
  if (fs.statSync(file).isDirectory()) {
    for (const entry of fs.readdirSync(file).sort()) addTree(hash, root, `${name}/${entry}`);
  } else {
    const content = fs.readFileSync(file);
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
}

/** The state's part of {@link Prints}. */
export function printOfState(file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined;
  const content = fs.readFileSync(file);
  const { checkpoint } = JSON.parse(content.toString("utf8"));
  if ((checkpoint?.latest?.resources ?? []).length === 0) return undefined;
  return createHash("sha256").update(content).digest("hex");
}

/** Prints that somebody noted. A note that cannot be read counts as none: then the engine is asked, as ever. */
export class Note {
  constructor(private readonly file: string) {}

  says(prints: Prints): boolean {
    try {
      const noted: Prints = JSON.parse(fs.readFileSync(this.file, "utf8"));
      return noted.sources === prints.sources && noted.state === prints.state;
    } catch {
      return false;
    }
  }

  write(prints: Prints): void {
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    fs.writeFileSync(this.file, JSON.stringify(prints));
  }
}

/** What was deployed last into a sandbox. */
export const deployedNote = (sandboxDirectory: string) => new Note(path.join(sandboxDirectory, "deployed.json"));
