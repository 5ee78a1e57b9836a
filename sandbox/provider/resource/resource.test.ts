import { AwsError } from "../../aws/errors";
import type { ValueMap } from "../values";
import { list, map, number, string } from "./property";
import { type Declaration, resourcesOf } from "./resource";
import type { TypeContext } from "./resource-type";

/** A service that answers what a test says, and remembers what it was asked. */
function scripted(answers: Record<string, (input: ValueMap) => ValueMap>) {
  const asked: [string, ValueMap][] = [];
  const context = {
    async call(operation: string, input: ValueMap) {
      asked.push([operation, input]);
      const answer = answers[operation];
      if (!answer) throw new AwsError("Unexpected", operation);
      return answer(input);
    },
    settle: (work: () => Promise<ValueMap>) => work(),
    async until(what: string, probe: () => Promise<unknown>) {
      for (let tries = 0; tries < 5; tries++) if ((await probe()) !== undefined) return;
      throw new Error(`waiting for ${what}`);
    },
  };
  return { asked, context: context as Pick<TypeContext, "call" | "settle" | "until"> as TypeContext };
}

const tagging = {
  given: ({ tagsAll = {} }: ValueMap) => ({ Tags: tagsAll }),
  read: ({ Tags }: ValueMap) => Tags as Record<string, string>,
  put: (Tags: Record<string, string>, Id: string) => ["Tag", { Id, Tags }] as const,
  remove: (Keys: string[], Id: string) => ["Untag", { Id, Keys }] as const,
};

const thing: Declaration = {
  token: "aws:x/thing:Thing",
  label: "Thing",
  tagged: true,
  autoName: { property: "name", maxLength: 10, prefixProperty: "namePrefix" },
  properties: { name: string(), rules: list(), labels: map(), size: number() },
  outputs: ["arn"],
  id: "ThingId",
  members: { name: "ThingName", arn: "ThingArn" },
  optional: ["size"],
  create: ["CreateThing", "name", "rules", "labels"],
  read: { operation: "DescribeThings", at: "Things", ids: "ThingIds" },
  update: [["ResizeThing", "size"]],
  until: ["ready", ({ State }) => State === "READY"],
  delete: "DeleteThing",
  deletedLater: true,
};

const type = resourcesOf({ capitals: true, tagging })(thing);
const found = {
  ThingName: "n",
  ThingArn: "arn",
  Rules: [{ FromPort: 1 }],
  Labels: { key: "kept" },
  Tags: { a: "b" },
  State: "READY",
};

test("what resources have in common need not be said", () => {
  expect(Object.keys(type.properties).sort()).toEqual(["labels", "name", "namePrefix", "region", "rules", "size"]);
});

test("properties go out and come back as members of the same name, nested ones and maps included", async () => {
  const { asked, context } = scripted({
    CreateThing: () => ({ Thing: { ThingId: "t-1" } }),
    DescribeThings: () => ({ Things: [found] }),
  });
  const inputs = { name: "n", rules: [{ fromPort: 1 }], labels: { key: "kept" }, tagsAll: { a: "b" } };
  expect(await type.create(inputs, context)).toBe("t-1");
  const request = { ThingName: "n", Rules: [{ FromPort: 1 }], Labels: { key: "kept" }, Tags: { a: "b" } };
  expect(asked[0]).toEqual(["CreateThing", request]);
  const { name, rules, labels } = inputs;
  const shown = { name, rules, labels, arn: "arn", namePrefix: "", size: null, tagsAll: { a: "b" } };
  expect(await type.read("t-1", context, {})).toEqual(shown);
});

test("a change sends what differs, waits, and writes tags; deletion waits until it is gone", async () => {
  let left = 2;
  const { asked, context } = scripted({
    ResizeThing: () => ({}),
    Tag: () => ({}),
    Untag: () => ({}),
    DeleteThing: () => ({}),
    DescribeThings() {
      left -= 1;
      if (left < -2) throw new AwsError("ThingNotFound", "gone");
      return { Things: [{ ...found, State: left > 0 ? "BUSY" : "READY" }] };
    },
  });
  const change = { olds: { size: 1, tagsAll: { a: "b" } }, news: { size: 2, tagsAll: { c: "d" } } };
  await type.update!("t-1", { ...change, changed: new Set(["size", "tags"]) }, context);
  await type.delete("t-1", {}, context);
  expect(asked.filter(([operation]) => operation !== "DescribeThings")).toEqual([
    ["ResizeThing", { ThingId: "t-1", Size: 2 }],
    ["Tag", { Id: "t-1", Tags: { c: "d" } }],
    ["Untag", { Id: "t-1", Keys: ["a"] }],
    ["DeleteThing", { ThingId: "t-1" }],
  ]);
  expect(await type.read("t-1", context, {})).toBeUndefined();
});
