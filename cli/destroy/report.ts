import { counted } from "@redshift-fleet/redshift/declarations";
import color from "picocolors";
import type { Consequences } from "./consequences";

/** What will be gone, what stays, and what stands in the way. */
export function consequencesReport(stack: string, { resources, lost, kept, protected: held }: Consequences): string {
  const part = (title: string, lines: string[]) =>
    lines.length > 0 ? [color.bold(title), ...lines.map((line) => `  ${line}`), ""] : [];
  return [
    `Stack ${color.bold(stack)} has ${counted(resources, "resource")}.`,
    "",
    ...part(color.red("Lost"), lost),
    ...part("Kept", kept),
    ...part(
      color.yellow("Protected, and so not deleted until you say"),
      held.flatMap(({ what, remedy }) => [what, ...remedy.map((command) => `  ${command}`)]),
    ),
  ]
    .join("\n")
    .trimEnd();
}
