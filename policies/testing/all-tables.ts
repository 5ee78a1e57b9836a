import fs from "node:fs";
import path from "node:path";
import { collectTables, type Table } from "./table";

const areasFolder = path.resolve(__dirname, "..");

/** Folders that hold policies, one a file, with their tests beside them. */
export function areas(): string[] {
  const own = [
    "framework",
    "testing",
    "config",
    "mutation",
    "reference",
    "programs",
    "scripts",
    "dist",
    "bin",
    "node_modules",
  ];
  return fs.readdirSync(areasFolder, { withFileTypes: true }).flatMap((entry) => {
    return entry.isDirectory() && !own.includes(entry.name) ? [entry.name] : [];
  });
}

/** Every policy file, as `<area>/<name>`. */
export function policyFiles(): string[] {
  return areas().flatMap((area) =>
    fs
      .readdirSync(path.join(areasFolder, area))
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => `${area}/${file.replace(/\.ts$/, "")}`),
  );
}

/** The test tables of all policies. */
export function allTables(): readonly Table[] {
  return collectTables(() => {
    for (const file of policyFiles()) require(path.join(areasFolder, `${file}.test.ts`));
  });
}
