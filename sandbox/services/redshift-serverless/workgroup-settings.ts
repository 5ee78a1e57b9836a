import type { CreateWorkgroupRequest } from "@aws-sdk/client-redshift-serverless";
import { checkBaseCapacity, checkMaxCapacity } from "./capacity";
import { mergeParameters, type ParameterRules } from "./config-parameters";
import { invalid } from "./errors";
import { checkPort } from "./names";
import type { WorkgroupRecord } from "./records";

export const defaultBaseCapacity = 128;
const defaultPort = 5439;
const levels = [1, 25, 50, 75, 100];

/** What a new workgroup is told, with AWS's defaults filled in. @throws ValidationException */
export function checkSettings(input: CreateWorkgroupRequest, rules: ParameterRules) {
  const target = checkTarget(input.pricePerformanceTarget);
  if (target.status === "ENABLED" && input.baseCapacity !== undefined) {
    throw invalid("baseCapacity cannot be given together with an enabled pricePerformanceTarget.");
  }
  const baseCapacity =
    target.status === "ENABLED" ? undefined : checkBaseCapacity(input.baseCapacity ?? defaultBaseCapacity);
  return {
    baseCapacity,
    maxCapacity: input.maxCapacity === undefined ? undefined : checkMaxCapacity(input.maxCapacity, baseCapacity),
    pricePerformanceTarget: target,
    enhancedVpcRouting: input.enhancedVpcRouting ?? false,
    publiclyAccessible: input.publiclyAccessible ?? false,
    configParameters: mergeParameters(undefined, input.configParameters ?? [], rules),
    port: checkPort(input.port ?? defaultPort),
  };
}

/** @throws ValidationException for a level that AWS does not know */
export function checkTarget(
  target: CreateWorkgroupRequest["pricePerformanceTarget"],
): WorkgroupRecord["pricePerformanceTarget"] {
  if (target?.status !== "ENABLED") return { status: "DISABLED" };
  const level = target.level ?? 50;
  if (!levels.includes(level))
    throw invalid(`pricePerformanceTarget.level ${level} must be one of ${levels.join(", ")}.`);
  return { status: "ENABLED", level };
}
