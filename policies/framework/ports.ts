import type { Node } from "./peek";

/** A closed range of TCP ports. */
export interface PortRange {
  from: number;
  to: number;
}

/** Reads "5431-5455" or "5439". */
export function portRange(text: string): PortRange {
  const [from, to = from] = text.split("-").map(Number);
  return { from: from!, to: to! };
}

export const allPorts: PortRange = { from: 0, to: 65535 };

/**
 * The TCP ports that a security-group rule opens, whichever the shape it is written in; undefined when it opens none.
 * @param protocolKey `protocol` in old rules, `ipProtocol` in new ones.
 */
export function tcpPorts(rule: Node, protocolKey: "protocol" | "ipProtocol"): PortRange | undefined {
  const protocol = (rule.text(protocolKey) ?? "-1").toLowerCase();
  if (protocol === "-1" || protocol === "all") return allPorts;
  if (protocol !== "tcp" && protocol !== "6") return undefined;
  const from = rule.number("fromPort") ?? 0;
  return { from, to: rule.number("toPort") ?? allPorts.to };
}

export function overlaps(one: PortRange, other: PortRange): boolean {
  return one.from <= other.to && other.from <= one.to;
}
