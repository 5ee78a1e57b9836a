import { type Command, Option } from "commander";

/** Options that every command about a stack understands. */
export interface StackOptions {
  stack: string;
  json?: boolean;
}

/** Adds `--stack` and `--json`. */
export function withStack(command: Command): Command {
  return command
    .addOption(new Option("-s, --stack <name>", "the stack to speak of").default("local").env("FLEET_STACK"))
    .option("--json", "print the result as JSON");
}
