import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { workgroupNotPublic } from "./workgroup-not-public";

testPolicy(
  workgroupNotPublic,
  {
    wg: resource("aws:redshiftserverless/workgroup:Workgroup", {
      workgroupName: "bi",
      namespaceName: "bi",
      publiclyAccessible: false,
    }),
  },
  [
    violates("public", { "wg.publiclyAccessible": true }, /wg: publiclyAccessible is true/, {
      becomes: { publiclyAccessible: false },
    }),
    undecided("not known yet", { "wg.publiclyAccessible": unknown }, /publiclyAccessible/),
    passes("left to the default", { "wg.publiclyAccessible": absent }),
  ],
);
