import { type Checkpoint, takeIn, unfinishedCreations } from "./deployment";

const workgroup = "aws:redshiftserverless/workgroup:Workgroup";
const resource = (urn: string, more = {}) => ({ urn, type: workgroup, custom: true, inputs: { name: urn }, ...more });

const interrupted: Checkpoint = {
  deployment: {
    resources: [resource("kept", { id: "kept" }), resource("replaced", { id: "old" })],
    pending_operations: [
      { type: "creating", resource: resource("made") },
      { type: "creating", resource: resource("replaced") },
      { type: "creating", resource: resource("never made") },
      { type: "deleting", resource: resource("kept", { id: "kept" }) },
    ],
  },
};

test("only creations have an unknown outcome", () => {
  expect(unfinishedCreations(interrupted).map(({ urn }) => urn)).toEqual(["made", "replaced", "never made"]);
});

test("what was found is taken in, what it replaces is left to delete, the rest is forgotten", () => {
  const after = takeIn(
    interrupted,
    new Map([
      ["made", "id-1"],
      ["replaced", "id-2"],
    ]),
  );
  expect(after.deployment.pending_operations).toEqual([]);
  expect(after.deployment.resources).toEqual([
    resource("kept", { id: "kept" }),
    resource("replaced", { id: "old", delete: true }),
    resource("made", { id: "id-1", outputs: { name: "made" } }),
    resource("replaced", { id: "id-2", outputs: { name: "replaced" } }),
  ]);
});

test("a checkpoint in which nothing was pending stays as it is", () => {
  const whole: Checkpoint = { deployment: { resources: [resource("kept", { id: "kept" })] } };
  expect(takeIn(whole, new Map()).deployment.resources).toEqual(whole.deployment.resources);
});
