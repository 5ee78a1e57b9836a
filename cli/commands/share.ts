import { Command } from "commander";
import color from "picocolors";
import { enterStack, readOutputs } from "../stack/stack";
import { note, print, printJson } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

interface SyncOptions extends StackOptions {
  dryRun?: boolean;
}

export function shareCommand(): Command {
  return new Command("share")
    .description("Speaks of the datashares alone, without an update.")
    .addCommand(syncCommand());
}

function syncCommand(): Command {
  return withStack(new Command("sync"))
    .description("Brings datashares up to date after tables were made, dropped or made again, for example by dbt.")
    .argument("[datashares...]", "names; all of the stack's where none is given")
    .option("--dry-run", "print the statements, and send none")
    .action(async (names: string[], options: SyncOptions) => {
      // Loaded here: no other command should wait for the schema library.
      const { syncShares } = await import("../shares/sync");
      const outputs = await readOutputs(await enterStack(options));
      const synced = await syncShares(outputs, names, { dryRun: options.dryRun ?? false });
      if (options.json) return printJson(synced);
      for (const { name, statements } of synced) {
        if (statements.length === 0) print(`${name}: ${color.green("up to date")}`);
        for (const statement of statements) print(`${name}: ${statement}`);
      }
      if (options.dryRun) note("Nothing was sent.");
    });
}
