import { spawn } from "node:child_process";
import { Command } from "commander";
import color from "picocolors";
import {
  type Address,
  chooseAddress,
  connectionStrings,
  psqlArguments,
  psqlEnvironment,
  type Strings,
  systemKeepalives,
} from "../connections/connection";
import { unknownMethod } from "../connections/login-method";
import { type Login, readLogin } from "../connections/secrets";
import { enterStack, readOutputs } from "../stack/stack";
import { Problem, print, printJson } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

interface ConnectOptions extends StackOptions {
  consumer?: string;
  producer?: boolean;
  print?: boolean;
}

export function connectCommand(): Command {
  return withStack(new Command("connect"))
    .description("Opens psql on the readers' address, on one consumer, or on the producer.")
    .argument("[psql-arguments...]", 'passed on to psql, after `--`: fleet connect -- -c "select 1"')
    .option("-c, --consumer <name>", "a consumer's own address instead of the balanced one")
    .option("-p, --producer", "the producer, as its admin")
    .option("--print", "print connection strings instead of opening psql")
    .action(async (ownArguments: string[], options: ConnectOptions) => {
      if (options.consumer && options.producer) throw new Problem("--consumer and --producer exclude each other.", 2);
      const stack = await enterStack(options.stack);
      const outputs = await readOutputs(stack);
      const address = chooseAddress(outputs, options);
      const login = await readLogin(address.secretArn);
      const shown = stack.inSandbox
        ? { user: login.username, password: login.password }
        : { user: login.username, secretArn: address.secretArn };
      const strings = connectionStrings(address, shown, stack.inSandbox);
      if (options.json) printJson({ ...address, ...shown, ...strings });
      else if (options.print) printStrings(strings);
      else await openPsql(address, login, ownArguments);
    });
}

/** Characters of psql's errors that are looked at: a refused log-in comes first. */
const longestRefusal = 4_096;

function printStrings(strings: Strings): void {
  for (const [client, text] of Object.entries(strings)) print(`${color.dim(client.padEnd(8))}${text}`);
  print(color.dim(`        JDBC takes the time of keepalives from the system: ${systemKeepalives}`));
}

async function openPsql(address: Address, login: Login, ownArguments: string[]): Promise<void> {
  const psql = spawn("psql", [...psqlArguments, ...ownArguments], {
    // What psql says of a refused log-in is read on its way to the terminal.
    stdio: ["inherit", "inherit", "pipe"],
    env: { ...process.env, ...psqlEnvironment(address, login) },
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
  const remedy = process.exitCode === 0 ? undefined : unknownMethod(said, address);
  if (remedy) throw new Problem(remedy);
}
