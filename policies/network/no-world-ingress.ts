import { isWorld } from "../framework/cidr";
import { strings } from "../framework/config";
import { type Graph, isOpen, type Member, type Reference } from "../framework/graph";
import { everyOne, type Node, type Peek, Undecided } from "../framework/peek";
import { type Context, definePolicy, type StackContext } from "../framework/policy";
import { overlaps, portRange, tcpPorts } from "../framework/ports";

const groups = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"] as const;
const prefixListTypes = ["aws:ec2/managedPrefixList:ManagedPrefixList"] as const;

const parameters = {
  ports: strings(["5431-5455", "8191-8215"], "TCP ports of Redshift, as single ports or ranges."),
};
type Parameters = typeof parameters;

/** Whether the rule opens one of the guarded ports. */
function opensRedshift(rule: Node, protocolKey: "protocol" | "ipProtocol", ports: string[]): boolean {
  const open = tcpPorts(rule, protocolKey);
  return open !== undefined && ports.some((range) => overlaps(open, portRange(range)));
}

function sayOpen(source: string, { violation, config }: Pick<Context<Parameters>, "violation" | "config">): void {
  violation(`${source} may reach ports ${config.ports.join(" or ")}`);
}

function demandNarrow(sources: { path: string; block: Peek<string> }[], context: Context<Parameters>): void {
  everyOne(sources, ({ path, block }) => {
    if (block.state === "unknown") throw new Undecided([path]);
    if (block.state === "known" && isWorld(block.value)) sayOpen(block.value, context);
  });
}

/** The sources of a rule with lists of blocks: inline rules and `SecurityGroupRule`. */
function demandNarrowLists(rule: Node, context: Context<Parameters>): void {
  if (!opensRedshift(rule, "protocol", context.config.ports)) return;
  everyOne(["cidrBlocks", "ipv6CidrBlocks"], (key) =>
    demandNarrow(
      rule.elements(key).map((block) => ({ path: rule.path ? `${rule.path}.${key}` : key, block })),
      context,
    ),
  );
}

/**
 * A prefix list counts by its entries, written inline or as resources. Those of this stack are seen; another list stands
 * for addresses nobody here knows.
 */
function demandNarrowPrefixLists(
  rule: Node,
  key: "prefixListId" | "prefixListIds",
  lists: Reference<(typeof prefixListTypes)[number]>,
  context: StackContext<Parameters>,
): void {
  if (isOpen(lists)) context.undecided(rule.path ? `${rule.path}.${key}` : key);
  if (lists.outside > 0)
    context.unseen(`${rule.path || "the rule"} admits a prefix list that is not part of this stack`);
  everyOne(lists.members, (list) => {
    const inline = list.set("entries") ? list.items("entries") : [];
    const apart = context.graph.referrers(
      list,
      ["aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"],
      "prefixListId",
    );
    everyOne<Node>([...inline, ...apart], (entry) => {
      const block = entry.text("cidr");
      if (block && isWorld(block)) sayOpen(`prefix list ${list.name} (${block})`, context);
    });
  });
}

/** An inline rule's references cannot be told apart from its neighbours', so all that the group admits count. */
function listsOfInlineRule(group: Member<(typeof groups)[number]>, rule: Node, graph: Graph) {
  const ids = rule.elements("prefixListIds");
  const known = ids.flatMap((id) => (id.state === "known" ? [graph.identified(id.value, prefixListTypes)] : []));
  const open = ids.some(({ state }) => state === "unknown");
  return {
    members: open ? graph.mentioned(group, "ingress", prefixListTypes) : known.filter((list) => list !== undefined),
    outside: known.filter((list) => list === undefined).length,
    count: open ? undefined : ids.length,
  };
}

export const noWorldIngress = definePolicy({
  name: "no-world-ingress",
  area: "network",
  entry: 5,
  description: "Redshift's ports must not be open to the internet.",
  why: "a warehouse that anyone can knock at is one stolen password away from being read",
  mend: "admit a security group, or the address block of the network that the readers are in",
  severity: "critical",
  level: "mandatory",
  controls: ["SecurityHub EC2.18", "SecurityHub EC2.19", "SecurityHub Redshift.15"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-15",
  parameters,
  types: [
    ...groups,
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ],
  checks: [
    (resource, context) => {
      resource.as(...groups)?.each("ingress", (rule) => demandNarrowLists(rule, context));
    },
    (resource, context) => {
      const rule = resource.as("aws:ec2/securityGroupRule:SecurityGroupRule");
      if (rule?.text("type") === "ingress") demandNarrowLists(rule, context);
    },
    (resource, context) => {
      const rule = resource.as("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      if (!rule || !opensRedshift(rule, "ipProtocol", context.config.ports)) return;
      const blocks = (["cidrIpv4", "cidrIpv6"] as const).map((key) => ({
        path: key,
        block: rule.peek(key) as Peek<string>,
      }));
      demandNarrow(blocks, context);
    },
  ],
  stackTypes: [
    ...groups,
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ],
  stackChecks: [
    (resource, context) => {
      const { graph, config } = context;
      const rule = resource.as("aws:ec2/securityGroupRule:SecurityGroupRule");
      if (rule?.text("type") !== "ingress" || !opensRedshift(rule, "protocol", config.ports)) return;
      demandNarrowPrefixLists(rule, "prefixListIds", graph.reference(rule, "prefixListIds", prefixListTypes), context);
    },
    (resource, context) => {
      const { graph, config } = context;
      const rule = resource.as("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      if (!rule || !opensRedshift(rule, "ipProtocol", config.ports)) return;
      demandNarrowPrefixLists(rule, "prefixListId", graph.reference(rule, "prefixListId", prefixListTypes), context);
    },
    (resource, context) => {
      const group = resource.as(...groups);
      if (!group || !resource.set("ingress")) return;
      if (group.peek("ingress").state !== "known") {
        // Blocks are judged above, by inputs; a list is seen among outputs only.
        if (context.graph.mentioned(resource, "ingress", prefixListTypes).length > 0) context.undecided("ingress");
        return;
      }
      group.each("ingress", (rule) => {
        if (!opensRedshift(rule, "protocol", context.config.ports)) return;
        const lists = listsOfInlineRule(resource, rule, context.graph);
        demandNarrowPrefixLists(rule, "prefixListIds", lists, context);
      });
    },
  ],
});
