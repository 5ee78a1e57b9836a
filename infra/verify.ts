import { text } from "node:stream/consumers";
import { type Connection, type VerifiedShare, verify } from "@redshift-fleet/redshift";

interface Warehouse {
  readonly name: string;
  readonly namespaceId: string;
  readonly workgroup: string;
  readonly database: string;
  readonly secretArn: string;
}

/** What verification.ts sends: parts of the stack's outputs. */
interface Request {
  readonly producer: Warehouse;
  readonly consumer: Warehouse;
  readonly datashares: VerifiedShare[];
  readonly connection: Connection;
}

const target = ({ workgroup, ...warehouse }: Warehouse) => ({ ...warehouse, workgroupName: workgroup });

/**
 * What the post-deployment command of a consumer runs: reads what to look at from standard input, writes what was found
 * to standard output as JSON, and fails when something is not as it should be.
 */
export async function main(): Promise<void> {
  const { producer, consumer, ...request }: Request = JSON.parse(await text(process.stdin));
  const result = await verify({ ...request, producer: target(producer), consumers: [target(consumer)] });
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
