import { AwsError } from "../../aws/errors";
import type { TargetGroupRecord } from "./records";

/** How requests carry a health check. Numbers come as text over the Query protocol. */
export interface HealthCheckRequest {
  HealthCheckEnabled?: boolean | string;
  HealthCheckProtocol?: string;
  HealthCheckPort?: string;
  HealthCheckIntervalSeconds?: number | string;
  HealthCheckTimeoutSeconds?: number | string;
  HealthyThresholdCount?: number | string;
  UnhealthyThresholdCount?: number | string;
}

const initial: TargetGroupRecord["healthCheck"] = {
  enabled: true,
  protocol: "TCP",
  port: "traffic-port",
  intervalSeconds: 30,
  timeoutSeconds: 10,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
};

/** @throws AwsError ValidationError naming the range. */
export function changeHealthCheck(
  request: HealthCheckRequest,
  current: TargetGroupRecord["healthCheck"] = initial,
): TargetGroupRecord["healthCheck"] {
  const protocol = request.HealthCheckProtocol ?? current.protocol;
  if (protocol !== "TCP") {
    throw new AwsError("NotImplemented", `The sandbox checks targets by TCP only, not by ${protocol}.`);
  }
  const next = {
    enabled: request.HealthCheckEnabled === undefined ? current.enabled : String(request.HealthCheckEnabled) === "true",
    protocol,
    port: request.HealthCheckPort ?? current.port,
    intervalSeconds: within("HealthCheckIntervalSeconds", request, current.intervalSeconds, 5, 300),
    timeoutSeconds: within("HealthCheckTimeoutSeconds", request, current.timeoutSeconds, 2, 120),
    healthyThreshold: within("HealthyThresholdCount", request, current.healthyThreshold, 2, 10),
    unhealthyThreshold: within("UnhealthyThresholdCount", request, current.unhealthyThreshold, 2, 10),
  };
  if (next.timeoutSeconds > next.intervalSeconds) {
    throw new AwsError(
      "ValidationError",
      `Health check timeout '${next.timeoutSeconds}' must be smaller than or equal to the interval '${next.intervalSeconds}'.`,
    );
  }
  return next;
}

type NumericKey =
  | "HealthCheckIntervalSeconds"
  | "HealthCheckTimeoutSeconds"
  | "HealthyThresholdCount"
  | "UnhealthyThresholdCount";

function within(key: NumericKey, request: HealthCheckRequest, current: number, least: number, most: number): number {
  const value = request[key] === undefined ? current : Number(request[key]);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new AwsError("ValidationError", `${key} must be ${least} to ${most}, not '${request[key]}'.`);
  }
  return value;
}
