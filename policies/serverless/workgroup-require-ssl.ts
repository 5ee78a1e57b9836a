import { absentValue, peek, unknownValue } from "../framework/peek";
import { definePolicy } from "../framework/policy";
import { listCopy } from "../framework/raw";
import { isSandbox, sandboxStacks } from "../framework/sandboxes";
import { type Setting, settingIn, withSetting } from "../framework/settings";
import type { Subject } from "../framework/subject";

const workgroupType = "aws:redshiftserverless/workgroup:Workgroup";
const parametersType = "pulumi-nodejs:dynamic/redshift:WorkgroupParameters";

export const workgroupRequireSsl = definePolicy({
  name: "workgroup-require-ssl",
  area: "serverless",
  entry: 12,
  description: "A Redshift Serverless workgroup must refuse connections without TLS.",
  why: "passwords and rows otherwise cross the network in the clear whenever a client does not ask for TLS",
  mend: 'add { parameterKey: "require_ssl", parameterValue: "true" } to configParameters, or require_ssl: "true" to the parameters of its WorkgroupParameters',
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub RedshiftServerless.2"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshiftserverless-controls.html#redshiftserverless-2",
  parameters: { sandboxStacks },
  types: [workgroupType, parametersType],
  checks: [
    (resource, { config, stack, violation, undecided }) => {
      if (isSandbox(stack, config.sandboxStacks)) return;
      const ssl = requireSsl(resource);
      if (ssl.state === "unknown") undecided(resource.as(workgroupType) ? "configParameters" : "parameters");
      else if (ssl.state === "known" && ssl.value.toLowerCase() !== "true") violation(`require_ssl is ${ssl.value}`);
    },
  ],
  // Whether anything says it at all: the workgroup itself, or what sets its parameters.
  stackTypes: [workgroupType],
  stackChecks: [
    (resource, { graph, config, stack, violation }) => {
      const workgroup = resource.as(workgroupType);
      if (!workgroup || isSandbox(stack, config.sandboxStacks)) return;
      // Left out, AWS fills it in: a preview then shows it as not known, though nothing is to come.
      if (workgroup.set("configParameters") && requireSsl(workgroup).state !== "absent") return;
      const setters = graph.referrers(workgroup, [parametersType], "workgroupName");
      if (setters.every((setter) => requireSsl(setter).state === "absent"))
        violation("neither configParameters nor a WorkgroupParameters resource sets require_ssl");
    },
  ],
  remedy: (resource) => {
    const workgroup = resource.as(workgroupType);
    if (!workgroup) return { parameters: { ...(resource.raw("parameters") as object), require_ssl: "true" } };
    return {
      configParameters: withSetting(
        listCopy(workgroup.properties, "configParameters"),
        workgroup.items("configParameters"),
        "parameterKey",
        "parameterValue",
        ["require_ssl", "true"],
      ),
    };
  },
});

/** What a workgroup, or the resource that sets a workgroup's parameters, says of it. */
function requireSsl(resource: Subject<typeof workgroupType | typeof parametersType>): Setting {
  const workgroup = resource.as(workgroupType);
  if (workgroup) return settingOf(workgroup, "configParameters");
  const parameters = resource.as(parametersType)?.peek("parameters") ?? absentValue;
  if (parameters.state !== "known") return parameters;
  const value = peek(parameters.value, "require_ssl");
  return value.state === "known" ? { state: "known", value: String(value.value) } : value;
}

function settingOf(workgroup: Subject<typeof workgroupType>, key: "configParameters"): Setting {
  if (workgroup.peek(key).state === "unknown") return unknownValue;
  return settingIn(workgroup.items(key), "parameterKey", "parameterValue", "require_ssl");
}
