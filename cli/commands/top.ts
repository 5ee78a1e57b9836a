import { setTimeout as sleep } from "node:timers/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { enterStack, readOutputs } from "../stack/stack";
import { print, printJson } from "../terminal/terminal";
import { topReport } from "../top/report";
import { type StackOptions, withStack } from "./options";

interface TopOptions extends StackOptions {
  sessions?: boolean;
  /** Seconds. */
  every?: number;
}

/** Idle warehouses take a while to wake. */
const deadlineMs = 60_000;
const clearScreen = "\u001b[2J\u001b[H";

export function topCommand(): Command {
  return withStack(new Command("top"))
    .description("Who is connected to which warehouse and what runs there now. Asking wakes warehouses that sleep.")
    .option("--sessions", "list every session")
    .addOption(new Option("--every <seconds>", "ask again and again").argParser(seconds))
    .action(async (options: TopOptions) => {
      // Loaded here: no other command should wait for these clients.
      const { collectActivity } = await import("../top/collect");
      const outputs = await readOutputs(await enterStack(options));
      for (;;) {
        const all = await collectActivity(outputs, deadlineMs);
        if (options.json) printJson(all);
        else {
          const report = topReport(all, { width: process.stdout.columns ?? 120, sessions: options.sessions ?? false });
          print(options.every !== undefined && process.stdout.isTTY ? clearScreen + report : report);
        }
        if (all.some((one) => "error" in one)) process.exitCode = 1;
        if (options.every === undefined) return;
        await sleep(options.every * 1_000);
      }
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 3_600) return value;
  throw new InvalidArgumentError("It must be a whole number of seconds from 1 to 3600.");
}
