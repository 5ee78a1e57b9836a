import { defaultQueryTimeoutSeconds } from "@redshift-fleet/redshift/declarations";
import { z } from "zod";
import { fleetSchema } from "./schema";

/** The parts of a JSON schema that ours consists of. */
interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
}

const intro = `# Configuration

Every key of a stack, in the namespace \`redshift-fleet\` of \`stacks/Pulumi.<stack>.yaml\`. A key that is not listed here,
a wrong type or a value outside its range stops the preview before anything is created, with all faults at once: file,
line, key, value, rule and remedy. File and line are left out where the engine read another file (\`--config-file\`). Keys
of other namespaces are for others, but one that nearly is \`redshift-fleet\` is refused. The namespace is the project's
name: whoever renames the project in Pulumi.yaml renames it in the stacks' files. This page is written from
\`infra/config/schema.ts\` by \`node scripts/write-config-reference.cjs\`; a test compares the two.

Beside these, \`aws:region\` has to be set, and the other \`aws:*\` keys work as usual (\`aws:profile\`, \`aws:assumeRoles\`).
\`<name>\` stands for a name of your own. Keys of several levels can be set one by one:
\`pulumi config set --path 'redshift-fleet:pool.size' 5\`.

| key | type and range | default | meaning |
|---|---|---|---|
`;

const rules = `
## What spans several keys

- **Zones**: three or more different Availability Zones of \`aws:region\`, none of \`network.excludeZoneIds\`. Where AWS
  refuses a workgroup because of a subnet's zone, add the zone's id there (\`aws ec2 describe-availability-zones\`). A
  Region with two zones (us-west-1, for many accounts) is refused: a fleet has a subnet in each of three. Subnets inside the VPC, none over another.
- **Capacity**: \`maxCapacity\` is at least \`baseCapacity\`. The subnets must have room for all warehouses with their
  endpoints, for the balancer, for the interface endpoints, and for the largest warehouse to grow by one size;
  otherwise the preview says how many consumers fit (33 of 32 RPUs in /23s beside a producer).
- **Quotas**: what the fleet needs of AWS's quotas is within \`quotas\`. With AWS's defaults eleven pooled consumers have
  an endpoint in every zone, and twenty-two with \`oneAz\`; a change that replaces the pool needs as much again for a time.
- **WLM**: \`wlm\` stands alone, without \`queryTimeoutSeconds\` and \`monitoring\`. Either can take the place of the other
  at any time, and a limit that is taken out is none of the workgroup any more. Where neither is set, queries may run
  ${defaultQueryTimeoutSeconds} s on the producer and on named consumers, 3600 s (and never longer than \`balancer.idleTimeoutSeconds\`) in the pool.
- **Idle timeout**: a pool's \`queryTimeoutSeconds\` does not exceed \`balancer.idleTimeoutSeconds\`. This alone keeps no
  connection: the consumers' VPC endpoints forget a silent one after 350 s, which is fixed. Clients send TCP keepalives every
  300 s or more often ([connection guide](connection-guide.md#connections-that-live-long)).
- **Names**: project and stack consist of lower-case letters, digits and hyphens, as AWS has it for namespaces and
  workgroups, whose names begin with \`<project>-<stack>-\`. Consumers consist of lower-case letters, digits and hyphens, and are not called \`producer\`, \`pool\` or
  \`pool-<n>\`; together with \`<project>-<stack>-\` and a suffix of 7 they have at most 64 characters.
- **Shares**: schemas and tables are made by the SQL files of \`schema.directory\`, or named in \`schema.external\`; tables
  with an interleaved sort key cannot be shared. \`includeNew\` goes with \`tables: all\` only.
- **Readers**: no user has the name of an administrator; users have roles that exist, roles read datashares that exist.
  With two users or more \`endpointUser\` says which of them the output \`endpoint\` names.
- **An existing network** (\`network.existing\`) takes the place of \`cidr\`, \`azs\`, \`subnetPrefix\`, \`subnets\`,
  \`interfaceEndpoints\` and \`flowLogRetentionDays\`. It is looked up at preview: DNS on, three zones, prefixes, VPC.
  Where it has interface endpoints with private DNS, their security groups have to let port 443 in from the VPC, or from
  the fleet's groups \`clients\`, \`consumers\` and \`producer\`: the services' names lead there. \`fleet check\` looks.
`;

/** The reference of every key, as Markdown. */
export function configReference(): string {
  const root: Node = JSON.parse(JSON.stringify(z.toJSONSchema(fleetSchema, { io: "input" })));
  return `${intro}${rows(root, "").join("\n")}\n${rules}`;
}

function rows(node: Node, path: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const here = path ? `${path}.${key}` : key;
    const needed = node.required?.includes(key) ?? false;
    return [row(here, child, needed), ...inside(child, here)];
  });
}

function inside(node: Node, path: string): string[] {
  if (node.items?.properties) return rows(node.items, `${path}[]`);
  if (typeof node.additionalProperties === "object") return rows(node.additionalProperties, `${path}.<name>`);
  return rows(node, path);
}

function row(path: string, node: Node, needed: boolean): string {
  const plain =
    node.default !== undefined && !(typeof node.default === "object" && Object.keys(Object(node.default)).length === 0);
  const value = needed ? "required" : plain ? `\`${JSON.stringify(node.default)}\`` : "";
  return `| \`${path}\` | ${kind(node)} | ${value} | ${node.description ?? ""} |`;
}

function kind(node: Node): string {
  if (node.const !== undefined) return `\`${node.const}\``;
  if (node.enum) return node.enum.map((value) => `\`${value}\``).join(", ");
  if (node.anyOf) return node.anyOf.map(kind).join(" or ");
  if (node.items) return `list of ${kind(node.items)}`;
  if (node.type === "integer") return `whole number${range(node)}`;
  if (node.pattern) return `text like \`${node.pattern.replaceAll("|", "\\|")}\``;
  if (node.type === "object" && typeof node.additionalProperties === "object") return "map";
  return { string: "text", number: "number", boolean: "boolean", object: "object" }[node.type ?? ""] ?? "anything";
}

function range({ minimum, maximum }: Node): string {
  if (minimum === undefined || maximum === undefined || maximum === Number.MAX_SAFE_INTEGER) return "";
  return `, ${minimum} to ${maximum}`;
}
