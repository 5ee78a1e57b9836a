import { Command, InvalidArgumentError, Option } from "commander";
import { sandboxOutages } from "../stack/sandbox-outages";
import { enterStack, readOutputs } from "../stack/stack";
import { checkReport } from "../terminal/check-report";
import { print, printJson } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

interface CheckCommandOptions extends StackOptions {
  sql: boolean;
  /** Seconds. */
  timeout: number;
}

/** Idle warehouses take a while to wake. */
const defaultTimeoutSeconds = 60;

export function checkCommand(): Command {
  return withStack(new Command("check"))
    .description("Looks over a whole stack and says what is wrong, why, and what cures it. Changes nothing.")
    .option("--no-sql", "ask AWS only, not the warehouses themselves: sleeping ones stay asleep")
    .addOption(
      new Option("--timeout <seconds>", "how long AWS and warehouses may take to answer")
        .default(defaultTimeoutSeconds)
        .argParser(seconds),
    )
    .action(async (options: CheckCommandOptions) => {
      const startedAt = Date.now();
      // Loaded here: no other command should wait for all these clients.
      const { runChecks } = await import("@redshift-fleet/health");
      const stack = await enterStack(options);
      const outputs = await readOutputs(stack);
      const outages = stack.inSandbox ? await sandboxOutages(stack.name, outputs) : undefined;
      const report = await runChecks(outputs, { deadlineMs: options.timeout * 1000, sql: options.sql, outages });
      if (options.json) printJson(report);
      else print(checkReport(report, (Date.now() - startedAt) / 1000));
      if (!report.ok) process.exitCode = 1;
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 600) return value;
  throw new InvalidArgumentError("It must be a whole number of seconds from 1 to 600.");
}
