import { catalogue } from "../services";
import type { ResourceType } from "./resource/resource-type";
import { typingsOf } from "./typings";

// The tables say what @pulumi/aws says: neither may drift from the other.

const tags = ({ tagged }: ResourceType) => (tagged ? ["tags"] : []);

describe.each([...catalogue.resources.values()].map((type) => [type.token, type] as const))("%s", (token, type) => {
  const typings = typingsOf(token);
  // Merged from tags wherever a type has any: nobody sets it.
  const inputs = [...typings.inputs.keys()].filter((name) => name !== "tagsAll");

  test("takes the arguments that the typings have", () => {
    expect([...Object.keys(type.properties), ...tags(type)].sort()).toEqual(inputs.sort());
  });

  test("asks for what they ask for", () => {
    const required = inputs.filter((name) => typings.inputs.get(name)?.required);
    const asked = Object.entries(type.properties).filter(([, { required }]) => required);
    expect(asked.map(([name]) => name).sort()).toEqual(required.sort());
  });

  test("takes values of the same kinds", () => {
    const differing = Object.entries(type.properties).flatMap(([name, { kind }]) => {
      const kinds = typings.inputs.get(name)?.kinds ?? [];
      return kind === "any" || kinds.includes(kind) ? [] : [`${name}: ${kind}, not ${kinds.join(" or ")}`];
    });
    expect(differing).toEqual([]);
  });

  test("gives the outputs that they have", () => {
    const kept = Object.entries(type.properties).map(([name]) => name);
    const given = [...kept, ...type.outputs, ...(type.tagged ? ["tags", "tagsAll"] : [])];
    expect([...new Set(given)].sort()).toEqual([...typings.outputs].sort());
  });

  test("keeps the same secrets", () => {
    const sensitive = Object.entries(type.properties).filter(([, one]) => one.sensitive);
    expect(sensitive.map(([name]) => name).sort()).toEqual([...typings.secrets].sort());
  });
});
