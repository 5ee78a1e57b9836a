import fs from "node:fs";
import path from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Login } from "./clients";
import { Fleet, repository, type StackConfig, writtenAtEachStep } from "./fleet";
import { type Finished, type Killable, type RunOptions, startKillable } from "./processes";

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

interface EngineEvent {
  resOutputsEvent?: { metadata: { op: string; urn: string } };
}

/** A producer or a consumer as the stack's outputs describe it. */
export interface Warehouse {
  name: string;
  namespaceId: string;
  workgroup: string;
  host: string;
  port: number;
  database: string;
  secretArn: string;
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
  async preview(change?: (config: StackConfig) => void): Promise<{ op: string; urn: string }[]> {
    const { stdout } = await this.mustPulumi([...this.arguments("preview", change), "--json"]);
    const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
    return steps.filter(({ op }) => op !== "same");
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

  async state(): Promise<StateResource[]> {
    const { stdout } = await this.mustPulumi(["stack", "export", "--stack", "local"]);
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: StateResource[] } };
    return deployment.resources ?? [];
  }

  /** The stack's warehouses with what is needed to log in as their administrators. */
  async warehouses(): Promise<{ producer: Warehouse; consumers: Warehouse[] }> {
    return JSON.parse((await this.mustPulumi(["stack", "output", "--json", "--stack", "local"])).stdout);
  }

  /** Who reads through the balancer. */
  reader(): Promise<Login> {
    return this.login([]);
  }

  /** The producer's administrator. */
  admin(): Promise<Login> {
    return this.login(["--producer"]);
  }

  /** The administrator of a warehouse of the stack's outputs. */
  async adminOf({ host, port, database, secretArn }: Warehouse): Promise<Login> {
    const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = this.environment;
    const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
    const client = new SecretsManagerClient({ endpoint, region, credentials });
    try {
      const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
      const { username, password } = JSON.parse(SecretString) as { username: string; password: string };
      return { host, port, database, user: username, password };
    } finally {
      client.destroy();
    }
  }

  private async login(args: string[]): Promise<Login> {
    const { stdout } = await this.mustFleet(["connect", ...args, "--json"]);
    const { host, port, database, user, password } = JSON.parse(stdout) as Login;
    return { host, port, database, user, password };
  }
}
