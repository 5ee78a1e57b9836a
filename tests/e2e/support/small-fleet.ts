import fs from "node:fs";
import path from "node:path";
import type { Login } from "./clients";
import { Fleet, repository, type StackConfig, writtenAtEachStep } from "./fleet";
import { type Address, loginOf } from "./logins";
import { type Finished, type Killable, startKillable } from "./processes";

interface EngineEvent {
  resOutputsEvent?: { metadata: { op: string; urn: string } };
}

/** A producer or a consumer as the stack's outputs describe it. */
export interface Warehouse extends Address {
  name: string;
  namespaceId: string;
  workgroup: string;
}

/** The last part of a URN: the resource's name. */
export const nameOf = (urn: string) => urn.split("::").at(-1) ?? urn;

/**
 * A fleet with as little as readers need: a producer and a pool, no other consumers, no endpoints of AWS services.
 * Plain `pulumi` drives it, so that each step of a story is one command that a user could have typed.
 */
export class SmallFleet extends Fleet {
  /**
   * @param size of the pool
   * @param balancer settings in AWS's seconds; the sandbox takes a thirtieth of them
   * @param always what else is configured from the beginning
   */
  constructor(
    private size: number,
    private readonly balancer: Record<string, number> = {},
    private readonly always: (config: StackConfig) => void = () => undefined,
  ) {
    super();
  }

  /** Starts the sandbox and deploys. */
  async deploy(): Promise<void> {
    await this.startSandbox();
    await this.mustPulumi(["stack", "select", "--create", "--stack", "local"]);
    await this.mustUp();
  }

  /** The arguments of an operation on the stack as it is configured, with further changes. */
  arguments(operation: string, change: (config: StackConfig) => void = () => undefined): string[] {
    const file = this.configuration((config) => {
      config.pool = { ...config.pool, size: this.size };
      config.balancer = { ...config.balancer, ...this.balancer };
      config.network = { ...config.network, interfaceEndpoints: [] };
      delete config.consumers;
      this.always(config);
      change(config);
    });
    return [operation, "--stack", "local", "--config-file", file];
  }

  /**
   * Any exit code.
   * @param size the pool's from now on
   */
  up(size: number, ...more: string[]): Promise<Finished> {
    this.size = size;
    return this.pulumi([...this.arguments("up"), "--yes", "--skip-preview", ...more]);
  }

  async mustUp(size = this.size, change?: (config: StackConfig) => void): Promise<string> {
    this.size = size;
    return (await this.mustPulumi([...this.arguments("up", change), "--yes", "--skip-preview"])).stdout;
  }

  /** Starts `up` as a process that can be killed. */
  startUp(size: number): Killable {
    this.size = size;
    const args = [...this.arguments("up"), "--yes", "--skip-preview", "--non-interactive"];
    return startKillable("pulumi", args, { cwd: repository, env: { ...this.environment, ...writtenAtEachStep } });
  }

  /** What `up` did, apart from leaving things as they are: `<operation> <name>`, sorted. */
  async upChanges(change?: (config: StackConfig) => void): Promise<string[]> {
    return this.changes(this.arguments("up", change));
  }

  /** The same of a refresh and an update in one: what was found otherwise, and what was made again as it should be. */
  async repair(): Promise<string[]> {
    return this.changes([...this.arguments("up"), "--refresh"]);
  }

  /** What `up` would do, as `upChanges` says it. */
  async previewChanges(change?: (config: StackConfig) => void): Promise<string[]> {
    const { stdout } = await this.mustPulumi([...this.arguments("preview", change), "--json"]);
    return (JSON.parse(stdout) as { steps: { op: string; urn: string }[] }).steps
      .filter(({ op, urn }) => op !== "same" && !urn.includes("pulumi:pulumi:Stack"))
      .map(({ op, urn }) => `${op} ${nameOf(urn)}`)
      .sort();
  }

  /** Takes the cloud's view into the state. @returns the resources that were found otherwise, as `upChanges` does */
  async refreshChanges(): Promise<string[]> {
    return this.changes(this.arguments("refresh"));
  }

  private async changes(args: string[]): Promise<string[]> {
    const file = path.join(this.directory, "events.json");
    fs.rmSync(file, { force: true });
    // The event log is one of the engine's options for tools; it hides them unless asked.
    const env = { ...this.environment, PULUMI_DEBUG_COMMANDS: "true" };
    await this.mustPulumi([...args, "--yes", "--skip-preview", "--event-log", file], { env });
    const events = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
    return events
      .flatMap((line) => (JSON.parse(line) as EngineEvent).resOutputsEvent?.metadata ?? [])
      .filter(({ op, urn }) => op !== "same" && op !== "refresh" && !urn.includes("pulumi:pulumi:Stack"))
      .map(({ op, urn }) => `${op} ${nameOf(urn)}`)
      .sort();
  }

  /** The stack's warehouses with what is needed to log in as their administrators. */
  warehouses(): { producer: Warehouse; consumers: Warehouse[] } {
    return this.outputs() as { producer: Warehouse; consumers: Warehouse[] };
  }

  /** Who reads through the balancer. */
  reader(): Promise<Login> {
    return loginOf(this, this.outputs().endpoint);
  }

  /** The producer's administrator. */
  admin(): Promise<Login> {
    return this.adminOf(this.outputs().producer);
  }

  /** The administrator of a warehouse of the stack's outputs. */
  adminOf(warehouse: Address): Promise<Login> {
    return loginOf(this, warehouse);
  }
}
