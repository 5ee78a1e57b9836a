import type { Connection } from "../connection";
import type { DatabaseTarget } from "../database-target";
import type { WarehouseKind } from "./kinds";
import type { StackOutputs } from "./outputs";

/** The Region of a fleet: every secret's ARN says it. */
export function connectionOf(outputs: StackOutputs): Connection {
  return { region: outputs.producer.secretArn.split(":")[3] };
}

/** A warehouse as the outputs describe it, as far as the Data API asks. */
type Described = Pick<StackOutputs["producer"], "name" | "workgroup" | "cluster" | "database"> & {
  /** @default "serverless" */
  kind?: WarehouseKind;
};

/** How the Data API reaches a warehouse as the user of a secret. */
export function targetOf(warehouse: Described, secretArn: string): DatabaseTarget {
  const { name, kind = "serverless", workgroup, cluster, database } = warehouse;
  const [thing, known] = kind === "serverless" ? ["workgroup", workgroup] : ["cluster", cluster];
  if (!known) throw new Error(`The stack does not say the ${thing} of ${name}: deploy it again.`);
  return { ...(kind === "serverless" ? { workgroupName: known } : { clusterIdentifier: known }), database, secretArn };
}
