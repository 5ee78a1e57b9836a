import { strings } from "../framework/config";
import type { Graph, Member } from "../framework/graph";
import { matchesAny } from "../framework/names";
import { definePolicy } from "../framework/policy";

type Namespace = Member<"aws:redshiftserverless/namespace:Namespace">;
const parameters = { exempt: strings([], "Patterns of the names of namespaces that may use another key.") };

/** What a namespace's key is: the resource in this stack, or else the text given; undefined when that cannot be told. */
function keyOf(namespace: Namespace, graph: Graph): string | undefined {
  const [key] = graph.reference(namespace, "kmsKeyId", ["aws:kms/key:Key"]).members;
  if (key) return key.name;
  const given = namespace.peek("kmsKeyId");
  return given.state === "known" ? String(given.value) : undefined;
}

/** The keys of a stack's namespaces by URN, looked up once a stack: a fleet may have hundreds of them. */
const fleets = new WeakMap<Graph, Map<string, string | undefined>>();
function fleetOf(graph: Graph, exempt: readonly string[]): Map<string, string | undefined> {
  let fleet = fleets.get(graph);
  if (!fleet) {
    const members = graph.of("aws:redshiftserverless/namespace:Namespace");
    const counted = members.filter((one) => one.set("kmsKeyId") && !matchesAny(one.name, exempt));
    fleet = new Map(counted.map((one) => [one.urn, keyOf(one, graph)]));
    fleets.set(graph, fleet);
  }
  return fleet;
}

/** The key that most namespaces use. */
function commonKey(keys: Iterable<string | undefined>): string {
  const uses = new Map<string, number>();
  for (const key of keys) if (key !== undefined) uses.set(key, (uses.get(key) ?? 0) + 1);
  return [...uses].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}

export const fleetOneKey = definePolicy({
  name: "fleet-one-key",
  area: "serverless",
  entry: 19,
  description: "All namespaces of a fleet must use the same KMS key.",
  why: "a datashare between namespaces under different keys needs grants on both, and one of them is forgotten when access is cut off",
  mend: "give every namespace of the stack the same kmsKeyId",
  severity: "medium",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/dg/within-account.html",
  parameters,
  stackTypes: ["aws:redshiftserverless/namespace:Namespace"],
  stackChecks: [
    (namespace, { graph, config, violation, undecided }) => {
      const fleet = fleetOf(graph, config.exempt);
      if (fleet.size < 2 || !fleet.has(namespace.urn)) return;
      const own = fleet.get(namespace.urn);
      if (own === undefined) return undecided("kmsKeyId");
      const common = commonKey(fleet.values());
      if (own !== common) violation(`kmsKeyId is ${own}, while most of the fleet uses ${common}`);
    },
  ],
});
