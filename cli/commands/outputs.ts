import { Command } from "commander";
import { enterStack, readOutputs } from "../stack/stack";
import { picture } from "../terminal/picture";
import { print, printJson } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

export function outputsCommand(): Command {
  return withStack(new Command("outputs"))
    .description("Shows the fleet: its addresses, databases and datashares.")
    .action(async (options: StackOptions) => {
      const outputs = await readOutputs(await enterStack(options));
      if (options.json) printJson(outputs);
      else print(picture(outputs));
    });
}
