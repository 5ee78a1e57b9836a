import { counted } from "@redshift-fleet/redshift/declarations";
import color from "picocolors";
import type { EngineResult } from "../stack/engine";
import type { PlannedStep } from "../stack/engine-events";

/** As `pulumi preview` marks them, in the order in which people want to know. */
const marks: readonly (readonly [operation: string, mark: string, paint: (text: string) => string])[] = [
  ["delete", "-", color.red],
  ["replace", "+-", color.magenta],
  ["update", "~", color.yellow],
  ["create", "+", color.green],
];
const otherMark = [">", color.cyan] as const;

/** What an update would do: each resource below its operation, with the properties that differ, then how many. */
export function plan({ changes, steps, advice }: EngineResult): string {
  const known = marks.filter(([operation]) => steps.some((step) => step.operation === operation));
  const rest = [...new Set(steps.map(({ operation }) => operation))].filter(
    (operation) => !known.some(([name]) => name === operation),
  );
  const groups = [...known, ...rest.map((operation) => [operation, ...otherMark] as const)];
  const lines = groups.flatMap(([operation, mark, paint]) => {
    const these = steps.filter((step) => step.operation === operation).sort(byName);
    return [
      paint(`${mark} ${counted(these.length, "resource")} to ${operation}`),
      ...these.map((step) => `${paint(`  ${mark.padEnd(2)}`)} ${described(step)}`),
    ];
  });
  const unchanged = changes.same ?? 0;
  return [
    ...(lines.length > 0 ? lines : ["Nothing would change."]),
    ...(unchanged > 0 ? [color.dim(`  ${counted(unchanged, "resource")} unchanged`)] : []),
    ...(advice.length > 0
      ? ["", color.yellow("To consider"), ...advice.map((text) => `  ${text.replaceAll("\n", "\n  ")}`)]
      : []),
  ].join("\n");
}

/** The engine asks for what is independent in any order. */
const byName = (one: PlannedStep, other: PlannedStep) => one.name.localeCompare(other.name, "en", { numeric: true });

function described({ type, name, properties }: PlannedStep): string {
  const differing = properties.length > 0 ? color.dim(`  (${properties.join(", ")})`) : "";
  return `${type.split(":").at(-1)} ${color.bold(name)}${differing}`;
}
