import { strings } from "../framework/config";
import type { Graph, Member } from "../framework/graph";
import { matchesAny } from "../framework/names";
import type { Peek } from "../framework/peek";
import { definePolicy } from "../framework/policy";

const keyType = "aws:kms/key:Key";
const aliasType = "aws:kms/alias:Alias";
const parameters = { exempt: strings([], "Patterns of the names of namespaces that may use another key.") };

/** The key's resource in this stack, or else the text given; or what has to be known before that can be told. */
type Key = { is: string } | { open: string };

/** What a namespace's key is. An alias counts as the key it leads to. */
function keyOf(namespace: Member<"aws:redshiftserverless/namespace:Namespace">, graph: Graph): Key {
  const [named] = graph.reference(namespace, "kmsKeyId", [keyType, aliasType]).members;
  if (!named) {
    const given = namespace.peek("kmsKeyId");
    const [maybe] = given.state === "known" ? graph.maybe(String(given.value), [aliasType]) : [];
    return maybe ? { open: `${maybe.name}.arn` } : asGiven(given, "kmsKeyId");
  }
  const alias = named.as(aliasType);
  if (!alias) return { is: named.name };
  const [target] = graph.reference(alias, "targetKeyId", [keyType]).members;
  return target ? { is: target.name } : asGiven(alias.peek("targetKeyId"), `${alias.name}.targetKeyId`);
}

function asGiven(seen: Peek<unknown>, path: string): Key {
  return seen.state === "known" ? { is: String(seen.value) } : { open: path };
}

/** The keys of a stack's namespaces by URN, looked up once a stack: a fleet may have hundreds of them. */
const fleets = new WeakMap<Graph, Map<string, Key>>();
function fleetOf(graph: Graph, exempt: readonly string[]): Map<string, Key> {
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
function commonKey(keys: Iterable<Key>): string {
  const uses = new Map<string, number>();
  for (const key of keys) if ("is" in key) uses.set(key.is, (uses.get(key.is) ?? 0) + 1);
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
      const own = fleet.get(namespace.urn);
      if (fleet.size < 2 || !own) return;
      if ("open" in own) return undecided(own.open);
      const common = commonKey(fleet.values());
      if (own.is !== common) violation(`kmsKeyId is ${own.is}, while most of the fleet uses ${common}`);
    },
  ],
});
