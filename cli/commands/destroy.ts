import { Command } from "commander";
import { type Consequences, consequencesOf } from "../destroy/consequences";
import { consequencesReport } from "../destroy/report";
import type { Checkpoint } from "../recovery/deployment";
import { runEngine } from "../stack/engine";
import { deployCommand } from "../stack/place";
import { pulumi } from "../stack/pulumi";
import { startedConfiguration } from "../stack/sandbox-project";
import { enterStack, updateRuns } from "../stack/stack";
import { onTerminal } from "../terminal/ask";
import { Steps } from "../terminal/progress";
import { note, Problem, print, printJson } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

interface DestroyOptions extends StackOptions {
  yes?: boolean;
  previewOnly?: boolean;
}

export function destroyCommand(): Command {
  return withStack(new Command("destroy"))
    .description("Says what is lost with a stack, what is kept and what is protected, asks, and deletes it.")
    .option("-y, --yes", "do not ask for the stack's name")
    .option("--preview-only", "say it, and delete nothing")
    .action(async (options: DestroyOptions) => {
      const { name } = await enterStack(options);
      if (updateRuns(name)) throw new Problem(`Stack ${name} is being updated: run this again when that has ended.`);
      const { deployment }: Checkpoint = JSON.parse(await pulumi(["stack", "export"], name));
      const consequences = consequencesOf(name, deployment.resources ?? []);
      if (consequences.resources === 0)
        throw new Problem(`Stack ${name} has no resources: there is nothing to destroy.`);
      const say = options.previewOnly ? print : note;
      if (!options.json) say(consequencesReport(name, consequences));
      if (!options.previewOnly) await destroy(name, consequences, options);
      if (options.json) printJson({ stack: name, destroyed: !options.previewOnly, ...consequences });
    });
}

async function destroy(stack: string, consequences: Consequences, { yes, json }: DestroyOptions): Promise<void> {
  const held = consequences.protected.length;
  if (held > 0)
    throw new Problem(
      json
        ? consequencesReport(stack, consequences)
        : `Nothing was deleted: ${held} of its resources are protected, see above.`,
    );
  if (!yes) await confirmed(stack);
  const steps = new Steps(json);
  await steps.run(`destroying ${stack}`, (detail) =>
    runEngine(["destroy", "--yes", "--skip-preview", ...startedConfiguration(stack)], stack, detail),
  );
  if (!json) note(`The stack itself stays, empty: \`${deployCommand(stack)}\` deploys it anew.`);
}

/** @throws Problem where nobody can be asked, or the answer is another name */
async function confirmed(stack: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new Problem("Nothing was deleted: nobody can be asked here. `--yes` deletes without asking.", 2);
  const answer = await onTerminal((ask) => ask(`\nType the stack's name to delete it (${stack}): `));
  if (answer.trim() !== stack) throw new Problem(`Nothing was deleted: the answer was not ${stack}.`);
}
