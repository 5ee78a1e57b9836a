import type { Connection } from "../connection";
import type { DatabaseTarget } from "../database-target";
import type { StackOutputs } from "./outputs";

/** The Region of a fleet: every secret's ARN says it. */
export function connectionOf(outputs: StackOutputs): Connection {
  return { region: outputs.producer.secretArn.split(":")[3] };
}

/** How the Data API reaches a warehouse as the user of a secret. */
export function targetOf(
  warehouse: { name: string; workgroup?: string; database: string },
  secretArn: string,
): DatabaseTarget {
  const { name, workgroup, database } = warehouse;
  if (!workgroup) throw new Error(`The stack does not say the workgroup of ${name}: deploy it again.`);
  return { workgroupName: workgroup, database, secretArn };
}
