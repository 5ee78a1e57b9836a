import fs from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/**
 * A program that tests run in a process of its own, so that it can be killed.
 * @param source TypeScript that imports modules relative to `resolveDir`
 * @returns the path of a script for node
 */
export function writeTestProgram(folder: string, source: string, resolveDir: string): string {
  const options = { bundle: true, platform: "node", target: "node20", format: "cjs", write: false } as const;
  const { outputFiles } = buildSync({ ...options, stdin: { contents: source, resolveDir, loader: "ts" } });
  const script = join(folder, "program.cjs");
  fs.writeFileSync(script, outputFiles[0]!.contents);
  return script;
}
