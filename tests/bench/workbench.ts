import fs from "node:fs";
import path from "node:path";
import { type SandboxStatus, start, stop } from "@redshift-fleet/sandbox";
import { environment, repositoryDirectory } from "@redshift-fleet/toolchain";
import { parse, stringify } from "yaml";
import { type Run, run } from "./processes";

const root = repositoryDirectory();
const namespace = "redshift-fleet:";

interface FleetRun {
  stack: string;
  consumers: number;
  /** Folder of a policy pack. */
  pack?: string;
  memory?: boolean;
  /** Variables of the engine beyond the sandbox's. */
  env?: Record<string, string>;
}

/** Makes a folder for sandboxes where users have theirs: how long making a file takes differs by the place. */
export function sandboxFolder(): string {
  const folder = fs.mkdtempSync(path.join(root, ".sandbox-bench-"));
  // PostgreSQL may run as somebody else, who has to get in.
  fs.chmodSync(folder, 0o755);
  return folder;
}

/** A sandbox of the measurements' own, with stacks of any size in it. */
export class Workbench {
  private readonly stacks = new Set<string>();

  private constructor(
    readonly folder: string,
    private readonly project: string,
    readonly sandbox: SandboxStatus,
    readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open(profile: "instant" | "aws" = "instant"): Promise<Workbench> {
    const folder = sandboxFolder();
    const sandbox = await start({ dir: path.join(folder, "sandbox"), profile });
    return new Workbench(folder, writeProject(folder), sandbox, {
      ...process.env,
      ...environment(sandbox.dir, sandbox.ports, sandbox.region),
    });
  }

  async close(): Promise<void> {
    await stop({ dir: this.sandbox.dir, purge: true });
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** An operation of the engine on a fleet of so many consumers: stack `local` with a larger pool. */
  async fleet(operation: "preview" | "up", { stack, consumers, pack, memory = false, env }: FleetRun): Promise<Run> {
    fs.writeFileSync(path.join(this.project, "stacks", `Pulumi.${stack}.yaml`), fleetConfig(consumers));
    await this.makeStack(stack, this.project);
    const args = engineArguments(operation, stack, pack);
    return run("pulumi", args, { cwd: this.project, env: { ...this.env, ...env }, memory });
  }

  /** What a fleet exports. */
  async outputs(stack: string): Promise<unknown> {
    const args = ["stack", "output", "--json", "--stack", stack];
    return JSON.parse((await run("pulumi", args, { cwd: this.project, env: this.env })).stdout);
  }

  /** Takes a fleet down. */
  async remove(stack: string): Promise<void> {
    await run("pulumi", engineArguments("destroy", stack), { cwd: this.project, env: this.env });
  }

  /** An operation of the engine on a program in a folder of its own. */
  async program(operation: "preview" | "up" | "destroy", folder: string, pack?: string): Promise<Run> {
    const stack = path.basename(folder);
    await this.makeStack(stack, folder);
    return run("pulumi", engineArguments(operation, stack, pack), { cwd: folder, env: this.env });
  }

  private async makeStack(stack: string, cwd: string): Promise<void> {
    if (this.stacks.has(stack)) return;
    this.stacks.add(stack);
    await run("pulumi", ["stack", "init", "--stack", stack, "--non-interactive"], { cwd, env: this.env });
  }
}

/** The program as a project of its own, so that its stacks' files lie elsewhere than the repository's. */
function writeProject(folder: string): string {
  const project = path.join(folder, "fleet");
  fs.mkdirSync(path.join(project, "stacks"), { recursive: true });
  fs.copyFileSync(path.join(root, "Pulumi.yaml"), path.join(project, "Pulumi.yaml"));
  for (const name of ["infra", "node_modules"]) fs.symlinkSync(path.join(root, name), path.join(project, name));
  return project;
}

function engineArguments(operation: string, stack: string, pack?: string): string[] {
  return [
    ...[operation, "--stack", stack, "--non-interactive", "--color", "never"],
    ...(operation === "preview" ? [] : ["--yes", "--skip-preview"]),
    ...(pack ? ["--policy-pack", pack] : []),
  ];
}

/** The configuration of stack `local`, with a pool of `consumers` and no others. */
function fleetConfig(consumers: number): string {
  const file = parse(fs.readFileSync(path.join(root, "stacks", "Pulumi.local.yaml"), "utf8"));
  file.config[`${namespace}pool`].size = consumers;
  file.config[`${namespace}network`] = { subnetPrefix: consumers > 20 ? 19 : 23 };
  // As after AWS has raised them.
  const many = 10_000;
  file.config[`${namespace}quotas`] = {
    interfaceEndpointsPerVpc: many,
    workgroups: many,
    namespaces: many,
    targetsPerBalancer: many,
  };
  delete file.config[`${namespace}consumers`];
  return stringify(file);
}
