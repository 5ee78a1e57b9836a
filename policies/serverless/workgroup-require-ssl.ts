import { definePolicy } from "../framework/policy";
import { listCopy } from "../framework/raw";
import { isSandbox, sandboxStacks } from "../framework/sandboxes";
import { settingIn, withSetting } from "../framework/settings";
import type { Subject } from "../framework/subject";

type Workgroup = Subject<"aws:redshiftserverless/workgroup:Workgroup">;

export const workgroupRequireSsl = definePolicy({
  name: "workgroup-require-ssl",
  area: "serverless",
  entry: 12,
  description: "A Redshift Serverless workgroup must refuse connections without TLS.",
  why: "passwords and rows otherwise cross the network in the clear whenever a client does not ask for TLS",
  mend: 'add { parameterKey: "require_ssl", parameterValue: "true" } to configParameters',
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub RedshiftServerless.2"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshiftserverless-controls.html#redshiftserverless-2",
  parameters: { sandboxStacks },
  types: ["aws:redshiftserverless/workgroup:Workgroup"],
  checks: [
    (workgroup, { config, stack, violation, undecided }) => {
      if (isSandbox(stack, config.sandboxStacks)) return;
      const ssl = settingIn(workgroup.items("configParameters"), "parameterKey", "parameterValue", "require_ssl");
      if (ssl.state === "unknown") undecided("configParameters");
      else if (ssl.state === "absent") violation("configParameters does not set require_ssl");
      else if (ssl.value.toLowerCase() !== "true") violation(`require_ssl is ${ssl.value}`);
    },
  ],
  remedy: (workgroup: Workgroup) => ({
    configParameters: withSetting(
      listCopy(workgroup.properties, "configParameters"),
      workgroup.items("configParameters"),
      "parameterKey",
      "parameterValue",
      ["require_ssl", "true"],
    ),
  }),
});
