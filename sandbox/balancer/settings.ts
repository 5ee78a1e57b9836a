/** How a target group decides whether a target is well. Times in milliseconds. */
export interface HealthCheckSettings {
  intervalMs: number;
  timeoutMs: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
}

/** What a target group does with connections. Times in milliseconds. */
export interface TargetGroupSettings extends HealthCheckSettings {
  /** From a registration until health checks begin. */
  registrationMs: number;
  deregistrationDelayMs: number;
  /** How long a target is shown as draining after the delay. */
  lateDrainingMs: number;
  /** Cuts the connections that are left when the delay is over; without it they live until an end closes them. */
  terminateOnDeregistration: boolean;
  /** Cuts connections to a target that became unhealthy. */
  terminateOnUnhealthy: boolean;
}

export type TargetState = "initial" | "healthy" | "unhealthy" | "draining" | "unused";

export interface TargetHealth {
  state: TargetState;
  reason?: string;
  description?: string;
}

/** Where a target is, in the account's terms and on this machine. */
export interface TargetAddress {
  id: string;
  port: number;
  /** Availability zone; undefined where it is not known. */
  zone?: string;
  /** Where to dial. */
  host: string;
  hostPort: number;
}
