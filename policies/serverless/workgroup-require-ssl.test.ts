import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { workgroupRequireSsl } from "./workgroup-require-ssl";

const ssl = (value: unknown) => ({ parameterKey: "require_ssl", parameterValue: value });
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
    violates("not among the parameters", { "wg.configParameters": [path] }, /does not set require_ssl/, {
      becomes: { configParameters: [path, ssl("true")] },
    }),
    violates("no parameters", { "wg.configParameters": absent }, /does not set require_ssl/, {
      becomes: { configParameters: [ssl("true")] },
    }),
    violates(
      "another parameter's value not known",
      { "wg.configParameters": [{ ...path, parameterValue: unknown }] },
      /does not set/,
    ),
    undecided("parameters not known yet", { "wg.configParameters": unknown }, /configParameters/),
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
