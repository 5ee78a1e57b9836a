import { recover } from "../recovery/recover";
import type { Steps } from "../terminal/progress";
import { changedAnything, runEngine } from "./engine";
import { deployedNote, judgedNote, printOfState, takePrints } from "./memory";
import { sandboxStack } from "./names";
import { createStack, stackExists, stateFile, wasInterrupted } from "./stack";

/**
 * Brings the sandbox's stack to what the sources say. Judges first, then changes: what the components or the policies
 * refuse is refused before anything exists. The engine is not asked again what it has answered: nothing happens when
 * neither sources nor state changed since the last deployment, and no preview comes before a deployment that a preview
 * let pass already (the policies judge each resource once more while it is made).
 *
 * @throws Problem with the engine's diagnostics and the policies that were violated
 */
export async function deploySandboxStack(sandboxDirectory: string, steps: Steps): Promise<void> {
  const state = stateFile(sandboxStack);
  if (state === undefined) throw new Error("the sandbox keeps state in files");
  if (!stackExists(sandboxStack)) {
    await steps.run("stack local", () => createStack(sandboxStack));
  } else if (wasInterrupted(sandboxStack)) {
    await steps.run("recovery of an interrupted update", (detail) => recover(sandboxStack, detail));
  }
  const deployed = deployedNote(sandboxDirectory);
  const judged = judgedNote();
  const before = takePrints(state);
  if (deployed.says(before)) {
    return steps.run("deployment", async (detail) => detail("nothing changed since the last"));
  }
  if (!judged.says(before)) {
    const preview = await steps.run("preview, with policies", (detail) => runEngine(["preview"], sandboxStack, detail));
    judged.write(before);
    if (!changedAnything(preview)) return deployed.write(before);
  }
  await steps.run("deployment", (detail) => runEngine(["up", "--yes", "--skip-preview"], sandboxStack, detail));
  deployed.write({ ...before, state: printOfState(state) });
}
