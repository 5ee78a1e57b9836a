/** Operations that take AWS minutes. */
export type SlowOperation =
  | "namespace-visible"
  | "namespace-update"
  | "namespace-delete"
  | "workgroup-create"
  | "workgroup-update"
  | "workgroup-delete"
  | "endpoint-create"
  | "endpoint-delete"
  | "load-balancer-create"
  | "secret-name-free"
  | "snapshot-create"
  | "snapshot-restore";

/** How long the sandbox takes over things. */
export interface LatencyProfile {
  readonly name: "instant" | "aws";
  /** Milliseconds that an operation stays under way, on top of the work itself. */
  readonly delays: Readonly<Record<SlowOperation, number>>;
}

/** A minute of AWS takes a second. */
const awsDelays: LatencyProfile["delays"] = {
  "namespace-visible": 2_500,
  "namespace-update": 1_000,
  "namespace-delete": 1_000,
  "workgroup-create": 4_000,
  "workgroup-update": 2_000,
  "workgroup-delete": 2_000,
  "endpoint-create": 3_000,
  "endpoint-delete": 1_500,
  "load-balancer-create": 2_000,
  "secret-name-free": 1_500,
  "snapshot-create": 2_000,
  "snapshot-restore": 4_000,
};

const noDelays = Object.fromEntries(Object.keys(awsDelays).map((key) => [key, 0])) as LatencyProfile["delays"];

/** @throws Error for a name that is no profile. */
export function latencyProfile(name: string): LatencyProfile {
  if (name === "instant") return { name, delays: noDelays };
  if (name === "aws") return { name, delays: awsDelays };
  throw new Error(`There is no latency profile "${name}"; choose "instant" or "aws".`);
}
