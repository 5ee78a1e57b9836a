import type { CheckReport } from "@redshift-fleet/health";
import { counted } from "@redshift-fleet/redshift/declarations";
import color from "picocolors";

const marks = {
  ok: color.green("✓"),
  found: color.red("✗"),
  skipped: color.dim("–"),
  unknown: color.yellow("?"),
} as const;
const notes = { ok: "", found: "", skipped: "not asked", unknown: "cannot be said" } as const;

/** The checks as a tree, each finding below the check that made it. */
export function checkReport({ checks, findings }: CheckReport, seconds: number): string {
  const lines: string[] = [];
  const explain = (id: string) => {
    for (const finding of findings.filter(({ check }) => check === id)) {
      lines.push(
        `      ${color.bold(finding.what)}`,
        `        ${color.dim("cause")}  ${finding.cause}`,
        `        ${color.dim("cure ")}  ${finding.cure}`,
      );
    }
  };
  for (const area of new Set(checks.map((check) => check.area))) {
    lines.push(color.bold(area));
    for (const { id, title, state, unjudged = [] } of checks.filter((check) => check.area === area)) {
      lines.push(`  ${marks[state]} ${title}${notes[state] && color.dim(`  ${notes[state]}`)}`);
      lines.push(...unjudged.map(({ name, why }) => `      ${color.yellow(`${name}: ${why}`)}`));
      explain(id);
    }
  }
  if (findings.some(({ check }) => check === "collect")) {
    lines.push(color.bold("could not be collected"));
    explain("collect");
  }
  const unknown = checks.filter(({ state }) => state === "unknown").length;
  return [...lines, "", summary(checks.length, findings.length, unknown, seconds)].join("\n");
}

function summary(checks: number, findings: number, unknown: number, seconds: number): string {
  const result =
    findings === 0
      ? color.green("nothing found")
      : color.red(`${findings} ${findings === 1 ? "thing is" : "things are"} wrong`);
  const open = unknown > 0 ? color.yellow(`, ${unknown} cannot be said`) : "";
  return `${counted(checks, "check")} in ${seconds.toFixed(1)} s: ${result}${open}`;
}
