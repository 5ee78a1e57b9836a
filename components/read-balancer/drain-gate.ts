import type { Connection } from "@redshift-fleet/redshift";
import { dynamicResource } from "../lifecycle/dynamic-resource";
import { drain } from "./drain";

export interface DrainInputs {
  connection: Connection;
  targetGroupArn: string;
  /** Addresses of one consumer. */
  addresses: string[];
  /** The target group's deregistration delay, in seconds. */
  delaySeconds: number;
}

/**
 * Stands between a consumer and its places in a target group. Creating it does nothing; deleting it, which happens when
 * the consumer has left the target group and before anything of the consumer goes, waits until its connections have
 * drained.
 */
export class DrainGate extends dynamicResource<DrainInputs, DrainInputs>("drain", {
  type: "DrainGate",
  title: "drain gate",
  // A new address means a new gate: the old one then goes between the old target and the old endpoint.
  fields: { connection: "compared", targetGroupArn: "identity", addresses: "identity", delaySeconds: "compared" },
  id: ({ addresses }) => addresses.join(","),
  create: async (_redshift, inputs) => inputs,
  read: async (_redshift, state) => state,
  remove: (_redshift, state) => drain(state),
}) {}
