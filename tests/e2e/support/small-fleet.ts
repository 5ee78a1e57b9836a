import type { Login } from "./clients";
import { Fleet, type StackConfig } from "./fleet";
import type { Finished, RunOptions } from "./processes";

/** A resource as the engine's checkpoint keeps it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  custom: boolean;
  delete?: boolean;
  external?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** One step that the engine would take or has taken. */
export interface Step {
  op: string;
  urn: string;
}

/** The last part of a URN: the resource's name. */
export const nameOf = (urn: string) => urn.split("::").at(-1) ?? urn;

/**
 * A fleet with as little as readers need: a producer and a pool, no other consumers, no endpoints of AWS services.
 * Plain `pulumi` drives it, so that each step of a story is one command that a user could have typed.
 */
export class SmallFleet extends Fleet {
  /** @param size of the pool. @param balancer settings in AWS's seconds; the sandbox takes a thirtieth of them. */
  constructor(
    private size: number,
    private readonly balancer: Record<string, number> = {},
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
      change(config);
    });
    return [operation, "--stack", "local", "--config-file", file];
  }

  /** @param size the pool's from now on */
  up(size = this.size, change?: (config: StackConfig) => void, options?: RunOptions): Promise<Finished> {
    this.size = size;
    return this.pulumi([...this.arguments("up", change), "--yes", "--skip-preview"], options);
  }

  async mustUp(size = this.size, change?: (config: StackConfig) => void): Promise<string> {
    this.size = size;
    return (await this.mustPulumi([...this.arguments("up", change), "--yes", "--skip-preview"])).stdout;
  }

  /** What `up` would do, apart from leaving things as they are. */
  async preview(change?: (config: StackConfig) => void): Promise<Step[]> {
    const { stdout } = await this.mustPulumi([...this.arguments("preview", change), "--json"]);
    return (JSON.parse(stdout) as { steps: Step[] }).steps.filter(({ op }) => op !== "same");
  }

  /** Takes the cloud's view into the state. @returns what was printed: one line for each resource that had drifted */
  async refresh(): Promise<string> {
    return (await this.mustPulumi([...this.arguments("refresh"), "--yes", "--skip-preview"])).stdout;
  }

  async state(): Promise<StateResource[]> {
    const { stdout } = await this.mustPulumi(["stack", "export", "--stack", "local"]);
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: StateResource[] } };
    return deployment.resources ?? [];
  }

  /** Who reads through the balancer. */
  reader(): Promise<Login> {
    return this.login([]);
  }

  /** The producer's administrator. */
  admin(): Promise<Login> {
    return this.login(["--producer"]);
  }

  private async login(args: string[]): Promise<Login> {
    const { stdout } = await this.mustFleet(["connect", ...args, "--json"]);
    const { host, port, database, user, password } = JSON.parse(stdout) as Login;
    return { host, port, database, user, password };
  }
}
