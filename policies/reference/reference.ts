import type { Policy } from "../framework/policy";

/** The policy reference, docs/policies.md, made from what the policies say of themselves. */
export function reference(policies: readonly Policy[]): string {
  const byArea = new Map<string, Policy[]>();
  for (const policy of policies) byArea.set(policy.area, [...(byArea.get(policy.area) ?? []), policy]);
  return [
    "<!-- Made from the policies themselves by `node policies/bin/write-reference.cjs`; a test fails when it is out of date. -->",
    "# Policies",
    "",
    `The pack holds ${policies.length} policies. How to use and enforce them: [policy-enforcement.md](policy-enforcement.md).`,
    "",
    "A policy that cannot decide at a preview, since a value will be known only once something exists, says so in a note and decides during `pulumi up`.",
    "Every policy takes `enforcementLevel` (`advisory`, `mandatory`, `remediate`, `disabled`) and `stacks`, parameters for stacks whose names match a pattern.",
    "",
    "| policy | level | what must be |",
    "|---|---|---|",
    ...policies.map(({ name, level, description }) => `| [${name}](#${name}) | ${level} | ${description} |`),
    ...[...byArea].flatMap(([area, own]) => ["", `## ${heading(area)}`, ...own.flatMap(section)]),
    "",
    ...limits,
    "",
  ].join("\n");
}

function section(policy: Policy): string[] {
  const facts = [
    `level ${policy.level}`,
    `severity ${policy.severity}`,
    ...(policy.remedy ? ["can remediate"] : []),
    ...(policy.checks.length > 0 ? ["judges each resource before it is made"] : []),
    ...(policy.stackChecks.length > 0 ? ["judges the stack as a whole"] : []),
  ];
  return [
    "",
    `### ${policy.name}`,
    `${policy.description} Why: ${policy.why}.`,
    "",
    `- ${sentence(facts.join("; "))}`,
    `- To mend it: ${policy.mend}.`,
    ...(policy.controls.length > 0 ? [`- Asked for by: ${policy.controls.join(", ")}.`] : []),
    `- Read on: <${policy.url}>`,
    ...parameters(policy),
  ];
}

function parameters({ parameters: all }: Policy): string[] {
  const rows = Object.entries(all).map(([name, { schema }]) => {
    const bounds = [schema.minimum, schema.maximum].some((bound) => bound !== undefined)
      ? ` (${schema.minimum ?? ""}–${schema.maximum ?? ""})`
      : "";
    return `| \`${name}\` | ${schema.type}${bounds} | \`${JSON.stringify(schema.default)}\` | ${schema.description} |`;
  });
  return rows.length === 0 ? [] : ["", "| parameter | type | default | meaning |", "|---|---|---|---|", ...rows];
}

function heading(area: string): string {
  return sentence(area.replace("-", " ")).replace(/\.$/, "");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What the pack does not decide, and why. */
const limits = [
  "## What no rule here can tell",
  "- Subnets, groups and prefix lists that are only ids or names (looked up, or of another stack) reach no policy: the rules that need their zones, settings or addresses say that they are undecided. What a name written out names in the stack itself is found by it.",
  "- A rule of a security group that is only an id is compared with the default groups of the stack's own VPCs. Whether it is the default group of another VPC cannot be seen from the id.",
  "- Whether a key known by its id is customer-managed cannot be seen from the id; aliases and ARNs of AWS's own keys are recognized.",
  "- Which workgroups a balancer ought to serve is not written anywhere: `balancer-targets` asks for a number of targets per group, not for one per workgroup.",
  "- Access logs of a Network Load Balancer exist only for TLS listeners: `balancer-access-logs` asks for them only there.",
  "- ELB.18 asks for TLS listeners, ELB.22 for target groups of TLS, ELB.21 for health checks over HTTPS. Redshift ends TLS itself and its clients start it only after a first exchange in the clear, so a balancer in front of it passes TCP through; they are left out on purpose.",
  "- `required-tags`, `allowed-regions` and `datashare-consumers` know nothing of an organization until it tells them its tags, Regions and accounts. Without them the first two find nothing, the third finds every authorization.",
];
