import { strings } from "../framework/config";
import type { Member } from "../framework/graph";
import { matchesAny } from "../framework/names";
import { definePolicy, type StackContext } from "../framework/policy";

type Namespace = Member<"aws:redshiftserverless/namespace:Namespace">;
const parameters = { exempt: strings([], "Patterns of the names of namespaces that may use another key.") };

/** What a namespace's key is: the resource in this stack, or else the text given; undefined when that cannot be told. */
function keyOf(namespace: Namespace, { graph }: StackContext<typeof parameters>): string | undefined {
  const [key] = graph.reference(namespace, "kmsKeyId", ["aws:kms/key:Key"]).members;
  if (key) return key.name;
  const given = namespace.peek("kmsKeyId");
  return given.state === "known" ? String(given.value) : undefined;
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
    (namespace, context) => {
      const { graph, config, violation, undecided } = context;
      const fleet = graph
        .of("aws:redshiftserverless/namespace:Namespace")
        .filter((one) => one.set("kmsKeyId") && !matchesAny(one.name, config.exempt));
      if (fleet.length < 2 || !fleet.some(({ urn }) => urn === namespace.urn)) return;
      const own = keyOf(namespace, context);
      if (own === undefined) return undecided("kmsKeyId");
      const uses = new Map<string, number>();
      for (const one of fleet) {
        const key = keyOf(one, context);
        if (key !== undefined) uses.set(key, (uses.get(key) ?? 0) + 1);
      }
      const [common] = [...uses].reduce((most, next) => (next[1] > most[1] ? next : most));
      if (own !== common) violation(`kmsKeyId is ${own}, while most of the fleet uses ${common}`);
    },
  ],
});
