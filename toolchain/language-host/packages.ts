import fs from "node:fs";
import path from "node:path";
import { z } from "zod";

/** What the host reads of a package.json. `pulumi.resource` marks the SDK of a provider. */
const Manifest = z.object({
  name: z.string().default(""),
  version: z.string().default("0.0.0"),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  pulumi: z
    .object({
      resource: z.boolean().optional(),
      name: z.string().optional(),
      version: z.string().optional(),
      server: z.string().optional(),
    })
    .optional(),
});
export type Manifest = z.infer<typeof Manifest>;

export interface RequiredPlugin {
  name: string;
  version: string;
  server: string | undefined;
}

/** The providers that the packages installed for a program stand for. */
export function requiredPlugins(programDirectory: string, attached: ReadonlySet<string>): RequiredPlugin[] {
  const plugins = new Map<string, RequiredPlugin>();
  for (const manifest of installedPackages(programDirectory, Number.POSITIVE_INFINITY)) {
    if (!manifest.pulumi?.resource) continue;
    const name = manifest.pulumi.name ?? manifest.name.replace(/^@[^/]+\//, "");
    // A provider that is already running needs no plugin from anywhere.
    if (attached.has(name)) continue;
    plugins.set(name, { name, version: manifest.pulumi.version ?? manifest.version, server: manifest.pulumi.server });
  }
  return [...plugins.values()];
}

/** Names in `PULUMI_DEBUG_PROVIDERS="aws:1234,command:1235"`. */
export function attachedProviders(variable: string | undefined): Set<string> {
  return new Set((variable ?? "").split(",").flatMap((entry) => entry.split(":")[0]?.trim() || []));
}

/** Manifests of what a program depends on, `depth` levels down, each package once. */
export function installedPackages(programDirectory: string, depth: number): Manifest[] {
  const seen = new Map<string, Manifest>();
  const visit = (directory: string, level: number, top: boolean) => {
    const own = findManifest(directory);
    if (!own || level > depth) return;
    const names = Object.keys({ ...own.manifest.dependencies, ...(top ? own.manifest.devDependencies : {}) });
    for (const name of names) {
      const found = findInstalled(own.directory, name);
      if (!found || seen.has(found)) continue;
      const manifest = readManifest(found);
      if (!manifest) continue;
      seen.set(found, manifest);
      visit(path.dirname(found), level + 1, false);
    }
  };
  visit(programDirectory, 1, true);
  return [...seen.values()];
}

/** The nearest package.json upwards. */
export function findManifest(from: string): { directory: string; manifest: Manifest } | undefined {
  for (const directory of ancestors(from)) {
    const manifest = readManifest(path.join(directory, "package.json"));
    if (manifest) return { directory, manifest };
  }
  return undefined;
}

/** Node's own rule for packages: the nearest node_modules that has it. Links are followed, as workspaces are links. */
function findInstalled(from: string, name: string): string | undefined {
  for (const directory of ancestors(from)) {
    const candidate = path.join(directory, "node_modules", name, "package.json");
    if (fs.existsSync(candidate)) return fs.realpathSync(candidate);
  }
  return undefined;
}

function readManifest(file: string): Manifest | undefined {
  if (!fs.existsSync(file)) return undefined;
  const parsed = Manifest.safeParse(JSON.parse(fs.readFileSync(file, "utf8")));
  return parsed.success ? parsed.data : undefined;
}

function* ancestors(directory: string): Generator<string> {
  for (let at = path.resolve(directory); ; at = path.dirname(at)) {
    yield at;
    if (at === path.dirname(at)) return;
  }
}
