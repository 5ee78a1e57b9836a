import { asExports } from "@redshift-fleet/toolchain";
import color from "picocolors";
import type { Answer } from "./question";
import type { TrialReport } from "./run";
import { type Trial, trialStack } from "./trial";

const marks: Record<Answer["verdict"], string> = {
  expected: color.green("as expected"),
  other: color.yellow("otherwise, which the fleet survives"),
  fault: color.red("the fleet does not work with this"),
  open: color.yellow("could not be asked"),
};

/** What a person reads at the end. */
export function report({ steps, answers }: TrialReport, trial: Trial): string {
  const lines = steps.map(
    ({ step, ok, detail }) => `${ok ? color.green("ok") : color.red("failed")}  ${step}: ${detail}`,
  );
  for (const { asks, settles, verdict, seen } of answers) {
    lines.push("", color.bold(asks), `  ${marks[verdict]}: ${seen}`, color.dim(`  ${settles}`));
  }
  if (steps.some(({ step, ok }) => step.includes("destruction") && !ok)) lines.push("", leftover(trial));
  return lines.join("\n");
}

function leftover({ environment }: Trial): string {
  return [
    color.red("The fleet is not gone. This destroys it:"),
    ...asExports(environment)
      .split("\n")
      .map((line) => `  ${line}`),
    `  pulumi destroy --stack ${trialStack}`,
  ].join("\n");
}
