import { type CheckReport, runChecks } from "@redshift-fleet/health";
import { readOutputs } from "../../../cli/stack/stack";
import type { Fleet } from "../support/fleet";

/** What `fleet check --json` waits for answers where nobody says otherwise, in milliseconds. */
const patienceMs = 60_000;

/** Does what `fleet check` does, without a process of its own, half of whose time goes by before it asks anything. */
export async function checkHere(fleet: Fleet, deadlineMs = patienceMs): Promise<CheckReport> {
  Object.assign(process.env, fleet.environment);
  const outputs = await readOutputs({ name: "local", inSandbox: true });
  return runChecks(outputs, { deadlineMs, sql: true });
}

/** `fleet check --json` as a user types it. */
export async function checkByCommand(fleet: Fleet, ...more: string[]): Promise<CheckReport & { code: number }> {
  const { code, stdout, stderr } = await fleet.fleet(["check", "--json", ...more]);
  if (!stdout) throw new Error(stderr);
  return { ...(JSON.parse(stdout) as CheckReport), code };
}

/** `<check>: <what>` of each finding, all of which name a cause and a cure. */
export function said({ findings, ok }: CheckReport): string[] {
  expect(ok).toBe(findings.length === 0);
  for (const finding of findings) expect([finding.cause, finding.cure]).not.toContain("");
  return findings.map((finding) => `${finding.check}: ${finding.what}`);
}
