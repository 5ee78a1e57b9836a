import type { ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { configSchema } from "./config";
import { concerns, evaluateResource, evaluateStack, remedyFor } from "./evaluate";
import type { Finding, Policy } from "./policy";
import { unproxied } from "./raw";
import { applyWaivers } from "./waivers";

/** The SDK's form of a policy. */
export function toSdk(policy: Policy): ResourceValidationPolicy | StackValidationPolicy {
  const about = {
    name: policy.name,
    description: policy.description,
    enforcementLevel: policy.level,
    severity: policy.severity,
    tags: [policy.area, ...policy.controls],
    remediationSteps: policy.mend,
    url: policy.url,
    configSchema: configSchema(policy.parameters),
  };
  const validateResource: ResourceValidationPolicy["validateResource"] = (args, report) => {
    if (!concerns(policy.types, args.type)) return;
    deliver(policy, applyWaivers(policy.name, evaluateResource(policy, args, args.getConfig())), report);
  };
  // The SDK decodes a resource anew for every policy unless it can tell by the type that the policy passes it over.
  if (policy.types !== "every" && policy.types.length === 1) {
    Object.assign(validateResource, { __pulumiType: policy.types[0] });
  }
  const validateStack: StackValidationPolicy["validateStack"] = (args, report) =>
    deliver(policy, applyWaivers(policy.name, evaluateStack(policy, args.resources, args.getConfig())), report);
  if (policy.stackTypes !== "every" && policy.stackTypes.length === 1) {
    Object.assign(validateStack, { __pulumiType: policy.stackTypes[0] });
  }
  return {
    ...about,
    ...(policy.checks.length > 0 && { validateResource }),
    ...(policy.remedy && { remediateResource: (args) => remediate(policy, args) }),
    ...(policy.stackChecks.length > 0 && { validateStack }),
  } as ResourceValidationPolicy | StackValidationPolicy;
}

type RemediationArgs = Parameters<NonNullable<ResourceValidationPolicy["remediateResource"]>>[0];

function remediate(policy: Policy, args: RemediationArgs): Record<string, unknown> | undefined {
  const given = args.getConfig<Record<string, unknown>>();
  const open = applyWaivers(policy.name, evaluateResource(policy, args, given));
  if (!open.some(({ kind }) => kind === "violation")) return undefined;
  const patch = remedyFor(policy, args, given);
  return patch && { ...(unproxied(args.props) as Record<string, unknown>), ...patch };
}

type Reporter = ReportViolation & ((note: Note) => void);
interface Note {
  message: string;
  urn: string | undefined;
  enforcementLevel: "advisory";
}

/**
 * Reports findings to the engine. Besides a text, the SDK's reporter takes an object with a level of its own (its type
 * declarations leave that out): so notes stay notes in a mandatory policy.
 */
function deliver(policy: Policy, findings: readonly Finding[], report: ReportViolation): void {
  const reportNote = report as Reporter;
  for (const { text, urn, advisory } of findings) {
    if (!advisory) report(text, urn);
    else reportNote({ message: `${policy.description}\n${text}`, urn, enforcementLevel: "advisory" });
  }
}
