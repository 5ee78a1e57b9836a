import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { parameterGroupSettings } from "./parameter-group-settings";

const set = (name: string, value: unknown) => ({ name, value });
const ssl = set("require_ssl", "true");
const activity = set("enable_user_activity_logging", "true");
const path = set("search_path", "public");

testPolicy(
  parameterGroupSettings,
  {
    group: resource("aws:redshift/parameterGroup:ParameterGroup", {
      name: "group-name",
      family: "redshift-2.0",
      parameters: [ssl, activity],
    }),
    dw: resource("aws:redshift/cluster:Cluster", { clusterParameterGroupName: ref("group", "name") }),
  },
  [
    violates(
      "TLS not required",
      { "group.parameters": [set("require_ssl", "false"), path, activity] },
      /require_ssl is false/,
      { becomes: { parameters: [ssl, path, activity] } },
    ),
    violates("activity not logged", { "group.parameters": [path, ssl] }, /does not set enable_user_activity_logging/, {
      becomes: { parameters: [path, ssl, activity] },
    }),
    violates("no parameters", { "group.parameters": absent }, /does not set require_ssl/, {
      becomes: { parameters: [ssl, activity] },
    }),
    violates(
      "TLS off, activity not known",
      { "group.parameters": [set("require_ssl", "false"), set("enable_user_activity_logging", unknown)] },
      /require_ssl is false/,
    ),
    violates("no group", { "dw.clusterParameterGroupName": absent }, /dw: clusterParameterGroupName is not set/, {
      becomes: false,
    }),
    violates(
      "the default group",
      { "dw.clusterParameterGroupName": "default.redshift-2.0" },
      /dw: clusterParameterGroupName is default/,
      { becomes: false },
    ),
    undecided("parameters not known yet", { "group.parameters": unknown }, /parameters/),
    undecided(
      "a value not known yet",
      { "group.parameters": [ssl, set("enable_user_activity_logging", unknown)] },
      /parameters/,
    ),
    undecided(
      "a group of elsewhere",
      { "dw.clusterParameterGroupName": "company-standard" },
      /dw: undecided, since clusterParameterGroupName is company-standard, which is not part of this stack/,
      { phases: ["preview", "deployed"] },
    ),
    undecided(
      "a group whose name comes from something else",
      {
        pet: resource("random:index/randomPet:RandomPet", {}),
        "dw.clusterParameterGroupName": ref("pet"),
      },
      /dw: undecided, since clusterParameterGroupName is not known at preview/,
    ),
    passes("a group of the stack by its name", { "dw.clusterParameterGroupName": "group-name" }),
  ],
);
