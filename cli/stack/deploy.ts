import { setTimeout as sleep } from "node:timers/promises";
import { recover } from "../recovery/recover";
import type { Steps } from "../terminal/progress";
import { Problem } from "../terminal/terminal";
import { changedAnything, EngineKilled, type EngineResult, runEngine, writingStateOnce } from "./engine";
import { deploymentRuns, runFirstDeployment } from "./first-deployment";
import { deployedNote, type Prints, printOfState, takePrints } from "./memory";
import { createSandboxStack, sandboxConfiguration } from "./sandbox-project";
import type { StackSettings } from "./settings";
import { stackExists, stateFile, wasInterrupted } from "./stack";

const deployment = ["up", "--yes", "--skip-preview"];

/**
 * Brings a stack in its sandbox to what the sources say. Judges first, then changes: what the components or the policies
 * refuse is refused before anything is touched. The engine is not asked again what it has answered: nothing happens when
 * neither sources nor state changed since the last deployment.
 *
 * @throws Problem with the engine's diagnostics and the policies that were violated
 */
export async function deploySandboxStack(
  settings: StackSettings,
  sandboxDirectory: string,
  steps: Steps,
): Promise<void> {
  const { stack } = settings;
  await othersEnd(sandboxDirectory, stack, steps);
  const configuration = await configured(settings, steps);
  if (wasInterrupted(stack))
    await steps.run("recovery of an interrupted update", (detail) => recover(stack, detail, configuration));
  const deployed = deployedNote(sandboxDirectory);
  const before = printsOf(settings);
  if (deployed.says(before)) {
    return steps.run("deployment", async (detail) => detail("nothing changed since the last"));
  }
  const preview = await previewed(stack, configuration, steps);
  if (!changedAnything(preview)) return deployed.write(before);
  await steps.run("deployment", (detail) => runEngine([...deployment, ...configuration], stack, detail));
  deployed.write({ ...before, state: printOfState(file(stack)) });
}

/** How long another command's deployment is waited for, and how often it is looked at, in milliseconds. */
const patience = { forMs: 600_000, everyMs: 200 };

/** Two starts at once deploy one after the other. @throws Problem where the other takes too long */
async function othersEnd(sandboxDirectory: string, stack: string, steps: Steps): Promise<void> {
  if (!deploymentRuns(sandboxDirectory, stack)) return;
  await steps.run("another command deploys", async (detail) => {
    detail("waiting for its end");
    const until = Date.now() + patience.forMs;
    while (deploymentRuns(sandboxDirectory, stack)) {
      if (Date.now() > until)
        throw new Problem(
          `Another command deploys stack ${stack} and has not ended within ${patience.forMs / 60_000} minutes. Run this one again when it has; where it is gone, on a machine that is no more, \`npx fleet recover --stack ${stack}\` comes first.`,
        );
      await sleep(patience.everyMs);
    }
    detail("it has ended");
  });
}

/**
 * The same for a sandbox in which there is nothing yet that a wrong change could harm: nothing is previewed, and the
 * policies judge each resource while it is made. The stack exists, and is empty.
 *
 * @throws Problem as above
 */
export async function deployIntoNewSandbox(
  settings: StackSettings,
  sandboxDirectory: string,
  steps: Steps,
): Promise<void> {
  const { stack } = settings;
  const configuration = sandboxConfiguration(settings);
  const before = printsOf(settings);
  try {
    await runFirstDeployment(sandboxDirectory, () =>
      steps.run("deployment", (detail) =>
        runEngine([...deployment, ...configuration], stack, detail, writingStateOnce),
      ),
    );
  } catch (error) {
    if (error instanceof EngineKilled || printOfState(file(stack)) === undefined) throw error;
    // A deployment ends at the first refusal; a preview collects them.
    await previewed(stack, configuration, steps, "all refusals, by a preview");
    throw error;
  }
  deployedNote(sandboxDirectory).write({ ...before, state: printOfState(file(stack)) });
}

/** Says what a deployment would change, and what the policies say to it. @throws Problem as above */
export async function previewSandboxStack(settings: StackSettings, steps: Steps): Promise<EngineResult> {
  return previewed(settings.stack, await configured(settings, steps), steps);
}

/** The engine's options for a stack, which is made where there is none yet. */
async function configured(settings: StackSettings, steps: Steps): Promise<string[]> {
  const { stack } = settings;
  if (!stackExists(stack)) await steps.run(`stack ${stack}`, () => createSandboxStack(stack));
  return sandboxConfiguration(settings);
}

function previewed(
  stack: string,
  configuration: string[],
  steps: Steps,
  title = "preview, with policies",
): Promise<EngineResult> {
  return steps.run(title, (detail) => runEngine(["preview", ...configuration], stack, detail));
}

function printsOf({ stack, file: configuration, schemaDirectory }: StackSettings): Prints {
  return takePrints(file(stack), [configuration, ...(schemaDirectory === undefined ? [] : [schemaDirectory])]);
}

function file(stack: string): string {
  const found = stateFile(stack);
  if (found === undefined) throw new Error("the sandbox keeps state in files");
  return found;
}
