import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { requiredTags } from "./required-tags";

const tags = ["Owner", "Environment"];
const asked = { config: { tags, values: ["Owner=data=team", "Environment=dev"] } };

testPolicy(
  requiredTags,
  {
    ns: resource("aws:redshiftserverless/namespace:Namespace", {
      tags: { Owner: "data", Environment: "dev", Name: "bi" },
    }),
  },
  [
    violates("one lacking", { "ns.tags.Owner": absent }, /ns: it lacks the tag Owner/, {
      ...asked,
      becomes: { tags: { Environment: "dev", Name: "bi", Owner: "data=team" } },
    }),
    violates("all lacking", { "ns.tags": absent }, /lacks the tag Owner and Environment/, {
      ...asked,
      becomes: { tags: { Owner: "data=team", Environment: "dev" } },
    }),
    violates("lacking, and no value known for it", { "ns.tags.Owner": absent }, /Owner/, {
      config: { tags },
      becomes: false,
    }),
    violates(
      "lacking in the provider too",
      { "ns.tags": absent, "ns.!provider": { defaultTags: '{"tags":{"Owner":"data"}}' } },
      /lacks the tag Environment/,
      asked,
    ),
    undecided("tags not known yet", { "ns.tags": unknown }, /tags/, asked),
    passes("a value not known yet is one", { "ns.tags.Owner": unknown }, asked),
    passes(
      "by the provider",
      { "ns.tags": absent, "ns.!provider": { defaultTags: { tags: { Owner: "data", Environment: "dev" } } } },
      asked,
    ),
    passes(
      "by the provider, as text",
      { "ns.tags": absent, "ns.!provider": { defaultTags: '{"tags":{"Owner":"data","Environment":"dev"}}' } },
      asked,
    ),
    passes("none asked for", { "ns.tags": absent }),
    passes("what takes no tags", { attach: resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {}) }, asked),
  ],
);
