import { text } from "node:stream/consumers";
import type { Connection } from "@redshift-fleet/redshift";
import { type StackOutputs, targetOf } from "@redshift-fleet/redshift/fleet";
import { type VerifiedShare, verify } from "./verify";

/** A warehouse as the stack's outputs describe it, as far as it is asked. */
type Warehouse = Pick<
  StackOutputs["producer"],
  "name" | "namespaceId" | "workgroup" | "cluster" | "database" | "secretArn"
> &
  Partial<Pick<StackOutputs["producer"], "kind">>;

/** What a deployment writes to the standard input of its verification: one consumer and what it should show. */
export interface DeployedConsumer {
  producer: Warehouse;
  consumer: Warehouse;
  datashares: VerifiedShare[];
  connection: Connection;
}

const target = (warehouse: Warehouse) => ({ ...warehouse, ...targetOf(warehouse, warehouse.secretArn) });

/**
 * What the command after a deployment runs: reads from standard input what to look at, writes what was found to standard
 * output as JSON, and fails when something is not as it should be.
 */
export async function afterDeployment(): Promise<void> {
  const { producer, consumer, datashares, connection }: DeployedConsumer = JSON.parse(await text(process.stdin));
  const result = await verify({
    connection,
    producer: target(producer),
    consumers: [target(consumer)],
    datashares,
  });
  const failed = result.checks.filter((check) => !check.ok);
  if (failed.length === 0) {
    process.stdout.write(JSON.stringify({ ok: true, checks: result.checks.length }));
    return;
  }
  process.exitCode = 1;
  // One cause often fails many checks: each is said once, with all that it failed.
  for (const detail of new Set(failed.map((check) => check.detail))) {
    const where = failed.filter((check) => check.detail === detail).map((check) => `${check.name} on ${check.target}`);
    process.stderr.write(`${where.join(", ")}: ${detail}\n`);
  }
}
