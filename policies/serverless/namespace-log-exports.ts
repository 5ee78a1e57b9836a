import { strings } from "../framework/config";
import { inWords } from "../framework/names";
import { definePolicy } from "../framework/policy";
import { listCopy } from "../framework/raw";

const parameters = {
  logs: strings(["userlog", "connectionlog", "useractivitylog"], "Logs that must be exported to CloudWatch."),
};

export const namespaceLogExports = definePolicy({
  name: "namespace-log-exports",
  area: "serverless",
  entry: 18,
  description: "A namespace must export its connection, user and activity logs.",
  why: "the warehouse's own tables forget after days who connected and what they ran",
  mend: 'set logExports to ["userlog", "connectionlog", "useractivitylog"]',
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub RedshiftServerless.6"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshiftserverless-controls.html#redshiftserverless-6",
  parameters,
  types: ["aws:redshiftserverless/namespace:Namespace"],
  checks: [
    (namespace, { config, violation, undecided }) => {
      const exports = namespace.elements("logExports");
      const named = exports.map((one) => (one.state === "known" ? one.value : undefined));
      const missing = config.logs.filter((log) => !named.includes(log));
      const open = exports.filter(({ state }) => state === "unknown").length;
      if (missing.length > open) violation(`logExports lacks ${inWords(missing)}`);
      else if (missing.length > 0) undecided("logExports");
    },
  ],
  remedy: (namespace, { logs }) => {
    const present = listCopy(namespace.properties, "logExports");
    return { logExports: [...present, ...logs.filter((log) => !present.includes(log))] };
  },
});
