import { yamlFault } from "./yaml-fault";

const file = "stacks/Pulumi.dev.yaml";

test.each([
  [
    "config:\n  aws:region: us-east-1\n  redshift-fleet:pool: { size: 3\n",
    /^stacks.Pulumi\.dev\.yaml:\d+:\d+: .*Correct it/,
  ],
  ["config:\n  a:b: 1\n  a:b: 2\n", /^stacks.Pulumi\.dev\.yaml:3:3: Map keys must be unique\. Correct it/],
  ["config:\n\ta:b: 1\n", /^stacks.Pulumi\.dev\.yaml:2:1: /],
  ["config: [a, b]\n", /: must be a map with a map `config`/],
  ["config:\n  a:b: 1\n", undefined],
  ["encryptionsalt: v1:a\n", undefined],
  ["", undefined],
])("%j", (text, fault) => {
  const found = yamlFault(file, text);
  if (fault) expect(found).toMatch(fault);
  else expect(found).toBeUndefined();
});
