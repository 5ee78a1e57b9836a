import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { DataApi, type DatabaseTarget } from "@redshift-fleet/redshift";
import { connectionOf, type StackOutputs, targetOf } from "@redshift-fleet/redshift/fleet";
import { parse, stringify } from "yaml";
import { type EngineResult, runEngine } from "../stack/engine";
import { project } from "../stack/names";
import { parseOutputs } from "../stack/outputs";
import { createStack, readOutputs } from "../stack/stack";

/** The stack that is made and destroyed; its resources' names begin with `redshift-fleet-<this>`. */
export const trialStack = "aws-check";

/** The project's part of the stack's configuration. */
type Configuration = Record<string, Record<string, unknown> | string>;

export interface TrialOptions {
  region: string;
  /** Where state, configuration and passphrase of the trial lie: whoever has it can destroy what a killed run left. */
  directory: string;
}

/**
 * The smallest fleet that has everything: a producer of 8 RPUs with a role for S3, a pool of one consumer, a balancer
 * with one target, a share, a reader. Its state is a file in a folder of its own.
 */
export class Trial {
  readonly region: string;
  private readonly directory: string;
  private readonly variables: Record<string, string>;
  private configuration: Configuration;
  private known: StackOutputs | undefined;

  constructor({ region, directory }: TrialOptions) {
    this.region = region;
    this.directory = directory;
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.variables = {
      PULUMI_BACKEND_URL: pathToFileURL(directory).href,
      PULUMI_CONFIG_PASSPHRASE_FILE: passphraseIn(directory),
    };
    this.configuration = smallestFleet();
  }

  /** Variables with which plain `pulumi` finds the trial's state. */
  get environment(): Readonly<Record<string, string>> {
    return this.variables;
  }

  get outputs(): StackOutputs {
    if (!this.known) throw new Error("the fleet is not deployed");
    return this.known;
  }

  /** The only consumer. */
  get consumer(): StackOutputs["consumers"][number] {
    return this.outputs.consumers[0]!;
  }

  /** Makes the stack if need be, and turns this process towards its state. */
  async prepare(): Promise<void> {
    Object.assign(process.env, this.variables);
    // It would win over the file.
    delete process.env.PULUMI_CONFIG_PASSPHRASE;
    // A project of its own: the engine writes the stack's salt beside Pulumi.yaml, and the repository stays clean.
    fs.writeFileSync(path.join(this.directory, "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }));
    await createStack(trialStack, {}, this.directory);
  }

  /** @param change of the configuration, which stays for later updates */
  async up(progress: (text: string) => void, change?: (configuration: Configuration) => void): Promise<EngineResult> {
    change?.(this.configuration);
    const result = await this.engine("up", progress);
    this.known = parseOutputs(trialStack, await readOutputs({ name: trialStack, inSandbox: false }));
    return result;
  }

  refresh(progress: (text: string) => void): Promise<EngineResult> {
    return this.engine("refresh", progress);
  }

  async destroy(progress: (text: string) => void): Promise<EngineResult> {
    this.known = undefined;
    return this.engine("destroy", progress);
  }

  /** The Data API of a warehouse, as its administrator or as the user of another secret. */
  sql(warehouse: "producer" | "consumer", secretArn?: string, database?: string): DataApi {
    return new DataApi(connectionOf(this.outputs), this.target(warehouse, secretArn, database));
  }

  private target(warehouse: "producer" | "consumer", secretArn?: string, database?: string): DatabaseTarget {
    const found = warehouse === "producer" ? this.outputs.producer : this.consumer;
    const target = targetOf(found, secretArn ?? found.secretArn ?? "");
    return database ? { ...target, database } : target;
  }

  private async engine(operation: string, progress: (text: string) => void): Promise<EngineResult> {
    const file = path.join(this.directory, `Pulumi.${trialStack}.yaml`);
    const written: object = fs.existsSync(file) ? parse(fs.readFileSync(file, "utf8")) : {};
    const config = { "aws:region": this.region, ...prefixed(this.configuration) };
    fs.writeFileSync(file, stringify({ ...written, config }));
    // Judged before anything is made: a refusal in the middle of an update leaves what was being made behind.
    if (operation === "up") await runEngine(["preview", "--config-file", file], trialStack, progress);
    return runEngine([operation, "--yes", "--skip-preview", "--config-file", file], trialStack, progress);
  }
}

/** The lowest of everything; what AWS bills by the hour is one balancer and a handful of interface endpoints. */
function smallestFleet(): Configuration {
  const limit = { rpuHours: 20, period: "daily", breachAction: "deactivate" };
  return {
    environment: "development",
    tags: { owner: "aws-check", "cost-centre": "aws-check" },
    network: { cidr: "10.99.0.0/16", flowLogRetentionDays: 30 },
    encryption: { deletionWindowDays: 14 },
    producer: {
      baseCapacity: 8,
      maxCapacity: 16,
      usageLimit: limit,
      s3: { read: ["redshift-fleet-aws-check-none/*"] },
    },
    pool: { size: 1, baseCapacity: 8, maxCapacity: 16, usageLimit: limit, queryTimeoutSeconds: 900 },
    schema: { directory: "examples/airline/schema" },
    datashares: { airline: { schemas: { airline: { tables: "all", includeNew: true } } } },
    readers: { roles: { reader: {} }, users: { fleet_reader: { roles: ["reader"] } } },
  };
}

function prefixed(configuration: Configuration): Configuration {
  return Object.fromEntries(Object.entries(configuration).map(([key, value]) => [`redshift-fleet:${key}`, value]));
}

/** The file with the passphrase of the state, made once for a folder. */
function passphraseIn(directory: string): string {
  const file = path.join(directory, "passphrase");
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return file;
}
