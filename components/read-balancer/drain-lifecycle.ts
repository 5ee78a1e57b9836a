import type { Connection } from "@redshift-fleet/redshift";
import type { Lifecycle } from "../lifecycle/lifecycle";
import { drain } from "./drain";

export interface DrainInputs {
  connection: Connection;
  targetGroupArn: string;
  /** Addresses of one consumer. */
  addresses: string[];
  /** The target group's deregistration delay, in seconds. */
  delaySeconds: number;
}

/** A gate is nothing in the cloud: it only takes its time to go. */
export const drainLifecycle: Lifecycle<DrainInputs, DrainInputs> = {
  title: "drain gate",
  inputs: ["connection", "targetGroupArn", "addresses", "delaySeconds"],
  // A new address means a new gate: the old one then goes between the old target and the old endpoint.
  identity: ["targetGroupArn", "addresses"],
  id: ({ addresses }) => addresses.join(","),
  create: async (inputs) => inputs,
  read: async (state) => state,
  update: async (_state, inputs) => inputs,
  remove: drain,
};
