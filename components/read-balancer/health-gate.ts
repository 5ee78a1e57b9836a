import type { Connection } from "@redshift-fleet/redshift";
import { dynamicResource } from "../lifecycle/dynamic-resource";
import { waitUntilHealthy } from "./health";
import { withTargets } from "./target-states";

export interface HealthInputs {
  connection: Connection;
  targetGroupArn: string;
  /** Addresses of one consumer. */
  addresses: string[];
  /** How long new addresses may take until they are healthy, in seconds. */
  deadlineSeconds: number;
}

const without = (addresses: readonly string[], others: readonly string[]) =>
  addresses.filter((address) => !others.includes(address));

/** Waits for the addresses that were not there before. */
async function wait(inputs: HealthInputs, before: readonly string[]): Promise<HealthInputs> {
  const { connection, targetGroupArn, addresses, deadlineSeconds } = inputs;
  const arriving = without(addresses, before);
  const leaving = without(before, addresses);
  await withTargets(connection, (describe) =>
    waitUntilHealthy({ targetGroupArn, arriving, leaving, deadlineSeconds }, describe),
  );
  return inputs;
}

/**
 * Stands behind a consumer's places in a target group. It is there, or takes on new addresses, when these are healthy:
 * the engine deletes nothing before everything that comes has come, so that no target leaves before its successor serves.
 */
export class HealthGate extends dynamicResource<HealthInputs, HealthInputs>("health", {
  type: "HealthGate",
  title: "health gate",
  // How long one would wait is no reason to wait.
  fields: { connection: "compared", targetGroupArn: "identity", addresses: "compared", deadlineSeconds: "ignored" },
  id: ({ targetGroupArn, addresses }) => `${targetGroupArn}/${addresses.join(",")}`,
  create: (_redshift, inputs) => wait(inputs, []),
  read: async (_redshift, state) => state,
  update: (_redshift, state, inputs) => wait(inputs, state.addresses),
  remove: async () => undefined,
}) {}
