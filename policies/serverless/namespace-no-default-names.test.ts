import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { namespaceNoDefaultNames } from "./namespace-no-default-names";

testPolicy(
  namespaceNoDefaultNames,
  {
    ns: resource("aws:redshiftserverless/namespace:Namespace", {
      namespaceName: "bi",
      adminUsername: "fleetadmin",
      dbName: "airline",
    }),
  },
  [
    violates("the default admin", { "ns.adminUsername": "admin" }, /adminUsername is one of admin, awsuser, root/),
    violates("it in capitals", { "ns.adminUsername": "Admin" }, /adminUsername is one of/),
    violates("no admin named", { "ns.adminUsername": absent }, /adminUsername is not set/),
    violates("the default database", { "ns.dbName": "dev", "ns.adminUsername": unknown }, /dbName is "dev"/),
    violates("no database named", { "ns.dbName": absent }, /dbName is not set/),
    violates("a name that the organization forbids", {}, /one of fleetadmin/, {
      config: { adminNames: ["fleetadmin"] },
    }),
    undecided("an admin not known yet", { "ns.adminUsername": unknown }, /adminUsername/),
    undecided("a database not known yet", { "ns.dbName": unknown }, /dbName/),
    passes("default names where they are allowed", { "ns.dbName": "dev" }, { config: { databaseNames: ["test"] } }),
  ],
);
