import { type Command, Option } from "commander";
import type { StackChoice } from "../stack/place";

/** Options that every command about a stack understands. */
export interface StackOptions extends StackChoice {
  json?: boolean;
}

/** `--stack`. */
export const stackOption = (meaning: string) =>
  new Option("-s, --stack <name>", meaning).default("local").env("FLEET_STACK");

/** Adds `--stack`, where to look for it, and `--json`. */
export function withStack(command: Command): Command {
  return command
    .addOption(stackOption("the stack to speak of"))
    .option("--sandbox", "the stack that `fleet start` started on this machine")
    .option("--no-sandbox", "the stack of that name where this shell's Pulumi keeps stacks")
    .option("--json", "print the result as JSON");
}
