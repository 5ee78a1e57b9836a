import type { Connection } from "@redshift-fleet/redshift";
import type { Lifecycle } from "../lifecycle/lifecycle";
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

/** A gate is nothing in the cloud: it takes its time to come, and to change. */
export const healthLifecycle: Lifecycle<HealthInputs, HealthInputs> = {
  title: "health gate",
  inputs: ["connection", "targetGroupArn", "addresses", "deadlineSeconds"],
  identity: ["targetGroupArn"],
  // How long one would wait is no reason to wait.
  ignored: ["deadlineSeconds"],
  id: ({ targetGroupArn, addresses }) => `${targetGroupArn}/${addresses.join(",")}`,
  create: (inputs) => wait(inputs, []),
  read: async (state) => state,
  update: (state, inputs) => wait(inputs, state.addresses),
  remove: async () => undefined,
};
