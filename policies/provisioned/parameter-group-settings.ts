import { noteElsewhere } from "../framework/elsewhere";
import { definePolicy } from "../framework/policy";
import { listCopy } from "../framework/raw";
import { settingIn, withSetting } from "../framework/settings";

const wantedSettings = ["require_ssl", "enable_user_activity_logging"];

export const parameterGroupSettings = definePolicy({
  name: "parameter-group-settings",
  area: "provisioned",
  entry: 29,
  description: "A cluster must have a parameter group of its own that requires TLS and logs user activity.",
  why: "the default group does neither and cannot be changed",
  mend: "use an aws.redshift.ParameterGroup whose parameters set require_ssl and enable_user_activity_logging to true",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub Redshift.2", "CKV_AWS_105"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-2",
  types: ["aws:redshift/parameterGroup:ParameterGroup", "aws:redshift/cluster:Cluster"],
  checks: [
    (resource, { violation, undecided }) => {
      const group = resource.as("aws:redshift/parameterGroup:ParameterGroup");
      if (!group) return;
      for (const name of wantedSettings) {
        const setting = settingIn(group.items("parameters"), "name", "value", name);
        if (setting.state === "unknown") undecided("parameters");
        else if (setting.state === "absent") violation(`parameters does not set ${name}`);
        else if (setting.value.toLowerCase() !== "true") violation(`${name} is ${setting.value}`);
      }
    },
    (resource, { violation }) => {
      const cluster = resource.as("aws:redshift/cluster:Cluster");
      if (!cluster || cluster.peek("clusterParameterGroupName").state === "unknown") return;
      const group = cluster.text("clusterParameterGroupName");
      if (group === undefined) violation("clusterParameterGroupName is not set, which means the default group");
      else if (group.startsWith("default.")) violation(`clusterParameterGroupName is ${group}`);
    },
  ],
  stackTypes: ["aws:redshift/cluster:Cluster"],
  stackChecks: [
    (cluster, { graph, ...report }) => {
      if (!cluster.set("clusterParameterGroupName")) return;
      const name = cluster.peek("clusterParameterGroupName");
      // The default group is judged above.
      if (name.state === "known" && String(name.value).startsWith("default.")) return;
      noteElsewhere(
        graph,
        cluster,
        "clusterParameterGroupName",
        ["aws:redshift/parameterGroup:ParameterGroup"],
        report,
      );
    },
  ],
  remedy: (resource) => {
    const group = resource.as("aws:redshift/parameterGroup:ParameterGroup");
    if (!group) return undefined;
    let parameters = listCopy(group.properties, "parameters");
    const items = group.items("parameters");
    for (const name of wantedSettings) {
      const setting = settingIn(items, "name", "value", name);
      if (setting.state === "unknown" || (setting.state === "known" && setting.value.toLowerCase() === "true"))
        continue;
      parameters = withSetting(parameters, items, "name", "value", [name, "true"]);
    }
    return { parameters };
  },
});
