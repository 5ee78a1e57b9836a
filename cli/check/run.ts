import type { StackOutputs } from "../stack/outputs";
import { connectionOf } from "../stack/targets";
import type { Check, Finding } from "./check";
import { warehousesAvailable } from "./warehouses-available";

/** In the order of the report: from the ground up. */
const checks: Check[] = [warehousesAvailable];

export interface CheckReport {
  checks: { name: string; findings: number }[];
  findings: (Finding & { check: string })[];
}

/** Runs every check at once. One that cannot run is itself a finding, never a silent pass. */
export async function runChecks(outputs: StackOutputs): Promise<CheckReport> {
  const context = { outputs, region: connectionOf(outputs).region ?? "" };
  const results = await Promise.all(
    checks.map(async (check) => ({
      name: check.name,
      found: await check.run(context).catch((error: Error): Finding[] => [
        {
          what: `The check "${check.name}" could not be made`,
          cause: error.message,
          cure: "Check credentials, Region and network, then run it again.",
        },
      ]),
    })),
  );
  return {
    checks: results.map(({ name, found }) => ({ name, findings: found.length })),
    findings: results.flatMap(({ name, found }) => found.map((finding) => ({ ...finding, check: name }))),
  };
}
