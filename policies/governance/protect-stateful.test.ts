import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, violates } from "../testing/table";
import { protectStateful } from "./protect-stateful";

const prod = { stack: "prod" };

testPolicy(
  protectStateful,
  { ns: resource("aws:redshiftserverless/namespace:Namespace", { namespaceName: "bi" }, { protect: true }) },
  [
    violates("unprotected", { "ns.!protect": false }, /ns: protect is not set/, prod),
    violates("unprotected, its name not known yet", { "ns.!protect": false, "ns.namespaceName": unknown }, /protect/, {
      stack: "eu-prod",
    }),
    violates(
      "unprotected, without any property",
      { "ns.!protect": false, "ns.namespaceName": absent },
      /protect/,
      prod,
    ),
    violates(
      "a type that the organization adds",
      { secret: resource("aws:secretsmanager/secret:Secret", {}) },
      /secret: protect/,
      { ...prod, config: { types: ["aws:secretsmanager/secret:Secret"] } },
    ),
    passes("protected", {}, prod),
    passes("one that holds nothing", { "ns.!protect": false }, { ...prod, config: { exempt: ["*::ns"] } }),
    passes("elsewhere", { "ns.!protect": false }, { stack: "dev" }),
    passes("what holds no data", { role: resource("aws:iam/role:Role", {}) }, prod),
  ],
);
