import { Command } from "commander";
import color from "picocolors";
import { enterStack, readOutputs } from "../stack/stack";
import { print, printJson, table } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

export function checkCommand(): Command {
  return withStack(new Command("check"))
    .description("Looks over a whole stack and says what is wrong, why, and what cures it.")
    .action(async (options: StackOptions) => {
      const { runChecks } = await import("../check/run");
      const outputs = await readOutputs(await enterStack(options.stack));
      const report = await runChecks(outputs);
      if (options.json) printJson(report);
      else {
        for (const finding of report.findings) {
          print(`${color.red("✗")} ${color.bold(finding.what)}\n  cause: ${finding.cause}\n  cure:  ${finding.cure}`);
        }
        const rows = report.checks.map(({ name, findings }) => [
          findings === 0 ? color.green("ok") : color.red(`${findings} found`),
          name,
        ]);
        print(table(["", "check"], rows));
      }
      if (report.findings.length > 0) process.exitCode = 1;
    });
}
