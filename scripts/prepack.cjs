// What npm runs in a package's folder before it packs it: compiles it, writes its types, and puts licence and change log in.
//   npm pack --workspace components      (REDSHIFT_FLEET_PACK=code leaves the types out, which take a while)
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const folder = process.cwd();
const name = path.basename(folder);

function writeTypes() {
  const { source } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "types-"));
  const config = {
    extends: path.join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      incremental: false,
      tsBuildInfoFile: null,
      baseUrl: root,
      rootDir: root,
      outDir: temporary,
      typeRoots: [path.join(root, "node_modules/@types")],
    },
    // Where a file is compiled to another path, it is code for the engine: no types.
    files: (source ?? ["index.ts"]).filter((file) => typeof file === "string").map((file) => path.join(folder, file)),
    include: [],
  };
  const project = path.join(temporary, "tsconfig.json");
  fs.writeFileSync(project, JSON.stringify(config));
  try {
    execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", project], { stdio: "inherit" });
    const types = path.join(folder, "dist", "types");
    fs.rmSync(types, { recursive: true, force: true });
    fs.cpSync(path.join(temporary, name), types, { recursive: true });
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

require("./build.cjs").build([name]);
for (const file of ["LICENSE", "CHANGELOG.md"]) fs.copyFileSync(path.join(root, file), path.join(folder, file));
if (process.env.REDSHIFT_FLEET_PACK !== "code") writeTypes();
