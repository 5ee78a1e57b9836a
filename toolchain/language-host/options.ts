import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";

/** The package managers that `runtime.options.packagemanager` of a project may name. */
export const packageManagers = ["npm", "pnpm", "yarn", "bun"] as const;
export type PackageManager = (typeof packageManagers)[number];

/** `runtime.options` of a Pulumi.yaml or PulumiPolicy.yaml, checked. */
export interface RuntimeOptions {
  /** Register ts-node before the program is loaded. Default true, as with the engine's own host. */
  typescript: boolean;
  /** A tsconfig.json other than the one beside the program. */
  tsconfig: string | undefined;
  /** Arguments for node itself, such as `--max-old-space-size=4096`. */
  nodeArguments: string[];
  packageManager: PackageManager;
}

/** Reads the options of a program; throws with the offending key and value. */
export function runtimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
  const given: Record<string, unknown> = info?.getOptions()?.toJavaScript() ?? {};
  const text = (key: string) => {
    const value = given[key] ?? "";
    if (typeof value !== "string") throw new Error(`runtime option ${key} must be text, not ${JSON.stringify(value)}`);
    return value;
  };
  const typescript = given.typescript ?? true;
  if (typeof typescript !== "boolean") {
    throw new Error(`runtime option typescript must be true or false, not ${JSON.stringify(typescript)}`);
  }
  return {
    typescript,
    tsconfig: text("tsconfig") || undefined,
    nodeArguments: shellWords(text("nodeargs")),
    packageManager: packageManager(text("packagemanager") || "npm"),
  };
}

function packageManager(name: string): PackageManager {
  const known = packageManagers.find((candidate) => candidate === name);
  if (!known)
    throw new Error(`runtime option packagemanager must be one of ${packageManagers.join(", ")}, not ${name}`);
  return known;
}

/** Splits a line as a POSIX shell does: blanks separate, quotes and backslashes join. */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    const escapes = character === "\\" && quote !== "'" && at + 1 < line.length;
    if (escapes) word = (word ?? "") + line.charAt(++at);
    else if (quote !== "" && character === quote) quote = "";
    else if (quote !== "") word = (word ?? "") + character;
    else if (character === "'" || character === '"') {
      quote = character;
      word = word ?? "";
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + character;
  }
  if (quote !== "") throw new Error(`runtime option nodeargs has an unclosed ${quote}: ${line}`);
  if (word !== undefined) words.push(word);
  return words;
}

/** What node's SDK reads from its environment about TypeScript. */
export function typescriptEnvironment(options: RuntimeOptions): Record<string, string> {
  return {
    ...(options.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
  };
}
