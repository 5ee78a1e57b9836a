import { recover } from "../recovery/recover";
import type { Steps } from "../terminal/progress";
import { changedAnything, EngineKilled, runEngine, writingStateOnce } from "./engine";
import { runFirstDeployment } from "./first-deployment";
import { deployedNote, printOfState, takePrints } from "./memory";
import { sandboxStack } from "./names";
import { createStack, stackExists, stateFile, wasInterrupted } from "./stack";

const deployment = ["up", "--yes", "--skip-preview"];

/**
 * Brings the sandbox's stack to what the sources say. Judges first, then changes: what the components or the policies
 * refuse is refused before anything is touched. The engine is not asked again what it has answered: nothing happens when
 * neither sources nor state changed since the last deployment.
 *
 * @throws Problem with the engine's diagnostics and the policies that were violated
 */
export async function deploySandboxStack(sandboxDirectory: string, steps: Steps): Promise<void> {
  if (!stackExists(sandboxStack)) {
    await steps.run("stack local", () => createStack(sandboxStack));
  } else if (wasInterrupted(sandboxStack)) {
    await steps.run("recovery of an interrupted update", (detail) => recover(sandboxStack, detail));
  }
  const deployed = deployedNote(sandboxDirectory);
  const before = takePrints(file());
  if (deployed.says(before)) {
    return steps.run("deployment", async (detail) => detail("nothing changed since the last"));
  }
  const preview = await steps.run("preview, with policies", (detail) => runEngine(["preview"], sandboxStack, detail));
  if (!changedAnything(preview)) return deployed.write(before);
  await steps.run("deployment", (detail) => runEngine(deployment, sandboxStack, detail));
  deployed.write({ ...before, state: printOfState(file()) });
}

/**
 * The same for a sandbox in which there is nothing yet that a wrong change could harm: nothing is previewed, and the
 * policies judge each resource while it is made. The stack exists, and is empty.
 *
 * @throws Problem as above
 */
export async function deployIntoNewSandbox(sandboxDirectory: string, steps: Steps): Promise<void> {
  const before = takePrints(file());
  try {
    await runFirstDeployment(sandboxDirectory, () =>
      steps.run("deployment", (detail) => runEngine(deployment, sandboxStack, detail, writingStateOnce)),
    );
  } catch (error) {
    if (error instanceof EngineKilled || printOfState(file()) === undefined) throw error;
    // A deployment ends at the first refusal; a preview collects them.
    await steps.run("preview, with policies", (detail) => runEngine(["preview"], sandboxStack, detail));
    throw error;
  }
  deployedNote(sandboxDirectory).write({ ...before, state: printOfState(file()) });
}

function file(): string {
  const found = stateFile(sandboxStack);
  if (found === undefined) throw new Error("the sandbox keeps state in files");
  return found;
}
