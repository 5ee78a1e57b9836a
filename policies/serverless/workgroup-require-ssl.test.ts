import { absent, recorded, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { workgroupRequireSsl } from "./workgroup-require-ssl";

const ssl = (value: unknown) => ({ parameterKey: "require_ssl", parameterValue: value });
const setBy = (parameters: Record<string, unknown>, workgroupName: unknown = "bi") =>
  recorded("pulumi-nodejs:dynamic/redshift:WorkgroupParameters", { workgroupName, parameters });
const anotherWorkgroup = resource("aws:redshiftserverless/workgroup:Workgroup", { configParameters: [ssl("true")] });
const path = { parameterKey: "search_path", parameterValue: "$user, public" };

testPolicy(
  workgroupRequireSsl,
  {
    wg: resource("aws:redshiftserverless/workgroup:Workgroup", {
      workgroupName: "bi",
      configParameters: [path, ssl("true")],
    }),
  },
  [
    violates("off", { "wg.configParameters": [ssl("false"), path] }, /wg: require_ssl is false/, {
      becomes: { configParameters: [ssl("true"), path] },
    }),
    violates("not among the parameters", { "wg.configParameters": [path] }, /neither .* sets require_ssl/),
    violates("no parameters", { "wg.configParameters": absent }, /neither .* sets require_ssl/),
    violates(
      "another parameter's value not known",
      { "wg.configParameters": [{ ...path, parameterValue: unknown }] },
      /neither .* sets require_ssl/,
    ),
    passes("set by a resource of its own", {
      "wg.configParameters": absent,
      parameters: setBy({ require_ssl: "true" }),
    }),
    violates(
      "off in a resource of its own",
      { "wg.configParameters": absent, parameters: setBy({ require_ssl: "false" }) },
      /parameters: require_ssl is false/,
    ),
    violates(
      "not among those that a resource of its own sets",
      { "wg.configParameters": absent, parameters: setBy({ auto_mv: "true" }) },
      /neither .* sets require_ssl/,
    ),
    violates(
      "set for another workgroup",
      { "wg.configParameters": absent, parameters: setBy({ require_ssl: "true" }, "other") },
      /neither .* sets require_ssl/,
    ),
    passes(
      "set by a resource that knows the workgroup by its output",
      {
        "wg.configParameters": absent,
        parameters: setBy({ require_ssl: "true" }, ref("wg", "workgroupName")),
      },
      { phases: ["preview", "sparse"] },
    ),
    undecided(
      "set by a resource of its own, not known yet",
      { "wg.configParameters": absent, parameters: setBy({ require_ssl: unknown }) },
      /parameters/,
    ),
    undecided(
      "parameters not known yet",
      { other: anotherWorkgroup, "wg.configParameters": ref("other", "configParameters") },
      /configParameters/,
    ),
    violates("left out, and filled in by AWS", { "wg.configParameters": unknown }, /neither .* sets require_ssl/, {
      phases: ["preview"],
    }),
    undecided("a parameter not known yet", { "wg.configParameters": [unknown] }, /configParameters/),
    undecided("its value not known yet", { "wg.configParameters": [ssl(unknown)] }, /configParameters/),
    passes("off in a sandbox", { "wg.configParameters": [ssl("false")] }, { stack: "local" }),
    violates("off in a stack that is no sandbox here", { "wg.configParameters": [ssl("false")] }, /is false/, {
      stack: "local",
      config: { sandboxStacks: [] },
    }),
    passes("written the other way", {
      "wg.configParameters": [{ parameterKey: "requireSsl", parameterValue: "True" }],
    }),
  ],
);
