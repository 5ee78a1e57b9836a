import { Command } from "commander";
import { recover } from "../recovery/recover";
import { type Doubt, runningUpdate } from "../recovery/running-update";
import { firstDeploymentIsUnfinished } from "../stack/first-deployment";
import { startedBy } from "../stack/names";
import { deployCommand, pointsAtSandboxOf, sandboxOf } from "../stack/place";
import { startedConfiguration } from "../stack/sandbox-project";
import { enterStack } from "../stack/stack";
import { onTerminal } from "../terminal/ask";
import { Steps } from "../terminal/progress";
import { note, Problem, printJson } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

export function recoverCommand(): Command {
  const command = new Command("recover").description(
    "Makes a stack ready for `pulumi up` after an update was killed. Only where no update is running any more.",
  );
  withStack(command).option("--force", "an update that may still be running has ended: take its lock without asking");
  return command.action(async (options: StackOptions & { force?: boolean }) => {
    const steps = new Steps(options.json);
    const { name } = await enterStack(options);
    const own = pointsAtSandboxOf(name);
    if (own && firstDeploymentIsUnfinished(sandboxOf(name), name))
      throw new Problem(
        `The first deployment did not end, and no state knows what it has made: \`${startedBy(name)}\` begins anew.`,
      );
    const doubt = options.force ? undefined : await runningUpdate(name);
    if (doubt) await ended(name, doubt);
    const configuration = own ? startedConfiguration(name) : [];
    const recovery = await steps.run(`recovery of ${name}`, (detail) => recover(name, detail, configuration));
    if (options.json) return printJson(recovery);
    for (const [urn, id] of Object.entries(recovery.adopted)) note(`taken in: ${nameOf(urn)} = ${id}`);
    for (const urn of recovery.unknown)
      note(`look whether it was made, and import or delete it: ${nameOf(urn)} (pulumi import, or in the console)`);
    note(`Now: ${deployCommand(name)}`);
  });
}

/** Two updates at once spoil the state. @throws Problem unless somebody says that the update has ended */
async function ended(stack: string, { seen, first }: Doubt): Promise<void> {
  const question = `${seen}\n${first}\nHas it ended? Type yes to take its lock: `;
  if (process.stdin.isTTY && (await onTerminal((ask) => ask(question))).trim() === "yes") return;
  throw new Problem(`${seen}\n${first} \`npx fleet recover --stack ${stack} --force\` is for one that has ended.`);
}

const nameOf = (urn: string) => urn.split("::").slice(2).join(" ");
