import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { namespaceLogExports } from "./namespace-log-exports";

const all = ["userlog", "connectionlog", "useractivitylog"];

testPolicy(
  namespaceLogExports,
  { ns: resource("aws:redshiftserverless/namespace:Namespace", { namespaceName: "bi", logExports: all }) },
  [
    violates("one lacking", { "ns.logExports": ["userlog", "connectionlog"] }, /ns: logExports lacks useractivitylog/, {
      becomes: { logExports: all },
    }),
    violates(
      "the order of those there is kept",
      { "ns.logExports": ["useractivitylog"] },
      /lacks userlog and connectionlog/,
      { becomes: { logExports: ["useractivitylog", "userlog", "connectionlog"] } },
    ),
    violates("none", { "ns.logExports": absent }, /lacks userlog, connectionlog and useractivitylog/, {
      becomes: { logExports: all },
    }),
    violates(
      "two lacking, one not known",
      { "ns.logExports": ["userlog", unknown] },
      /lacks connectionlog and useractivitylog/,
    ),
    undecided("one not known yet", { "ns.logExports": ["userlog", "connectionlog", unknown] }, /logExports/),
    undecided("none known yet", { "ns.logExports": unknown }, /logExports/),
    passes(
      "fewer where the organization asks for fewer",
      { "ns.logExports": ["userlog"] },
      { config: { logs: ["userlog"] } },
    ),
  ],
);
