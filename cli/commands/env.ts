import { asExports } from "@redshift-fleet/toolchain";
import { Command } from "commander";
import { withToolchain } from "../stack/place";
import { print, printJson } from "../terminal/terminal";

export function envCommand(): Command {
  return new Command("env")
    .description('Prints what puts the Pulumi CLI that `fleet` uses on your shell\'s PATH: eval "$(npx fleet env)"')
    .option("--json", "print it as JSON")
    .action((options: { json?: boolean }) => {
      const variables = { PATH: withToolchain() };
      if (options.json) printJson(variables);
      else print(asExports(variables));
    });
}
