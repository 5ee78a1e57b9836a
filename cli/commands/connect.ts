import { spawn } from "node:child_process";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { Command } from "commander";
import color from "picocolors";
import {
  type Address,
  type Authority,
  chooseAddress,
  connectionStrings,
  fetchAmazonBundle,
  psqlArguments,
  psqlEnvironment,
  type Strings,
  systemKeepalives,
  type Wanted,
} from "../connections/connection";
import { unknownMethod } from "../connections/login-method";
import { threePartNames } from "../connections/three-part-names";
import { enterStack, readOutputs, type Stack } from "../stack/stack";
import { Problem, print, printJson } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

interface ConnectOptions extends StackOptions, Wanted {
  command?: string[];
  print?: boolean;
}

export function connectCommand(): Command {
  return withStack(new Command("connect"))
    .description("Opens psql on the readers' address, on one consumer, or on the producer.")
    .argument("[psql-arguments...]", "passed on to psql, after `--`: fleet connect -- -f report.sql")
    .option("--consumer <name>", "a consumer's own address instead of the balanced one")
    .option("-U, --user <name>", "another reader than the endpoint's")
    .option("-p, --producer", "the producer, as its admin")
    .option("--admin", "with --consumer: as the consumer's administrator, not as a reader")
    .option("-c, --command <sql>", "run this and end, as psql does; may be given again", collect)
    .option("--print", "print connection strings instead of opening psql")
    .showHelpAfterError("Options of psql's own come after `--`: fleet connect -- -t -A -c 'select 1'.")
    .action(async (ownArguments: string[], options: ConnectOptions) => {
      refuseContradictions(options);
      const stack = await enterStack(options);
      const outputs = await readOutputs(stack);
      const { readLogin } = await import("@redshift-fleet/redshift/fleet");
      const command = (options.command ?? []).flatMap((sql) => ["-c", notAName(sql, outputs)]);
      const address = chooseAddress(outputs, options);
      const login = await readLogin(address.secretArn);
      const shown = stack.inSandbox
        ? { user: login.username, password: login.password }
        : { user: login.username, secretArn: address.secretArn };
      const authority = authorityOf(stack);
      const strings = connectionStrings(address, shown, authority);
      if (options.json) printJson({ ...address, ...shown, ...strings });
      else if (options.print) printStrings(strings, authority);
      else await openPsql(psqlEnvironment(address, login, authority), address, outputs, [...command, ...ownArguments]);
    });
}

const collect = (value: string, former: string[] = []) => [...former, value];

function refuseContradictions({ consumer, user, producer, admin, command, print, json }: ConnectOptions): void {
  if (admin && (consumer === undefined || user !== undefined))
    throw new Problem(
      "--admin goes with --consumer, and not with --user: a consumer's administrator. The producer's is --producer.",
      2,
    );
  if (consumer !== undefined && producer) throw new Problem("--consumer and --producer exclude each other.", 2);
  if (user !== undefined && producer)
    throw new Problem(
      "--user and --producer exclude each other: readers are on consumers, the producer has its admin.",
      2,
    );
  if (command && (print || json)) throw new Problem("--command runs something, which --print and --json do not.", 2);
}

/** What follows -c is SQL; a consumer's name there is somebody who meant --consumer. */
function notAName(sql: string, { consumers }: StackOutputs): string {
  if (!consumers.some(({ name }) => name === sql)) return sql;
  throw new Problem(`-c runs a command, as psql does. \`fleet connect --consumer ${sql}\` leads to the consumer.`, 2);
}

/** Characters of psql's errors that are looked at: a refused log-in comes first. */
const longestRefusal = 4_096;

function authorityOf({ inSandbox, caPath }: Stack): Authority {
  if (caPath !== undefined) return { file: caPath };
  return inSandbox ? "unknown" : "amazon";
}

function printStrings(strings: Strings, authority: Authority): void {
  for (const [client, text] of Object.entries(strings)) print(`${color.dim(client.padEnd(8))}${text}`);
  if (authority === "amazon") print(color.dim(`        psql and node need the authorities: ${fetchAmazonBundle}`));
  print(color.dim(`        JDBC takes the time of keepalives from the system: ${systemKeepalives}`));
}

async function openPsql(
  login: Record<string, string>,
  address: Address,
  outputs: StackOutputs,
  ownArguments: string[],
): Promise<void> {
  const psql = spawn("psql", [...psqlArguments, ...ownArguments], {
    // What psql says of a refused log-in is read on its way to the terminal.
    stdio: ["inherit", "inherit", "pipe"],
    env: { ...process.env, ...login },
  });
  let said = "";
  psql.stderr.on("data", (chunk: Buffer) => {
    process.stderr.write(chunk);
    if (said.length < longestRefusal) said += chunk.toString("utf8");
  });
  process.exitCode = await new Promise<number>((resolve, reject) => {
    psql.once("error", (error: NodeJS.ErrnoException) => {
      const missing = "psql is not on PATH. `fleet connect --print` has strings for psql and other clients.";
      reject(error.code === "ENOENT" ? new Problem(missing) : error);
    });
    psql.once("close", (code) => resolve(code ?? 1));
  });
  const asked = ownArguments.join("\n");
  const remedy =
    process.exitCode === 0
      ? undefined
      : (unknownMethod(said, address) ?? threePartNames(said, address, outputs, asked));
  if (remedy) throw new Problem(remedy);
}
