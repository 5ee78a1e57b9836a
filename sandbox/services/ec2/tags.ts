import type { TagSpecification } from "@aws-sdk/client-ec2";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import { operationsOf } from "../../aws/handlers";
import { type Tags, toTags } from "../../aws/tags";
import type { Sdk } from "./network";

/** Where the records of taggable things lie, by what their ids begin with. */
const collections: Readonly<Record<string, string>> = {
  vpc: "ec2/vpcs",
  subnet: "ec2/subnets",
  rtb: "ec2/route-tables",
  sg: "ec2/security-groups",
  sgr: "ec2/security-group-rules",
  vpce: "ec2/vpc-endpoints",
  fl: "ec2/flow-logs",
};

/** The tags that a request gives to what it creates. */
export function givenTags(specifications: TagSpecification[] | undefined): Tags {
  return toTags(specifications?.flatMap(({ Tags = [] }) => Tags));
}

/** Tags of anything that EC2 has, by its id. */
export function tagOperations({ store }: Context) {
  const change = (ids: readonly string[], next: (tags: Tags) => Tags) => {
    const holders = ids.map((id) => {
      const collection = store.collection<{ tags: Tags }>(collections[id.replace(/-\w+$/, "")] ?? "");
      const record = collection.get(id);
      if (!record) throw new AwsError("InvalidID", `The ID '${id}' is not valid`);
      return { id, collection, record };
    });
    for (const { id, collection, record } of holders) collection.put(id, { ...record, tags: next(record.tags) });
    return {};
  };
  return operationsOf<Sdk>({
    CreateTags: ({ Resources, Tags }) => change(Resources ?? [], (tags) => ({ ...tags, ...toTags(Tags) })),
    /** A tag goes when its key is named, and its value, where one is, is right; without keys all go. */
    DeleteTags: ({ Resources, Tags }) =>
      change(Resources ?? [], (tags) => {
        const goes = ([key, value]: [string, string]) =>
          Tags === undefined || Tags.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value));
        return Object.fromEntries(Object.entries(tags).filter((entry) => !goes(entry)));
      }),
  });
}
