import { Command } from "commander";
import color from "picocolors";
import { enterStack, readOutputs } from "../stack/stack";
import { print, printJson, table } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

export function verifyCommand(): Command {
  return withStack(new Command("verify"))
    .description("Asks every warehouse whether it answers and whether readers see the shared tables.")
    .action(async (options: StackOptions) => {
      // Loaded here: no other command should wait for the Data API's client.
      const { verifyFleet } = await import("@redshift-fleet/health/verification");
      const result = await verifyFleet(await readOutputs(await enterStack(options)));
      if (options.json) printJson(result);
      else {
        const mark = (ok: boolean) => (ok ? color.green("ok") : color.red("failed"));
        const rows = result.checks.map(({ name, target, ok, detail }) => [mark(ok), target, name, detail]);
        print(table(["", "warehouse", "check", "detail"], rows));
      }
      if (!result.ok) process.exitCode = 1;
    });
}
