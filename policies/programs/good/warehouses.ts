import { Role } from "@pulumi/aws/iam";
import {
  DataShareAuthorization,
  DataShareConsumerAssociation,
  ResourcePolicy,
  SubnetGroup,
} from "@pulumi/aws/redshift";
import { Statement } from "@pulumi/aws/redshiftdata";
import { cluster, trust, warehouse } from "../parts";
import { platform } from "../platform";
import { good } from "../program";

const shareArn = "arn:aws:redshift:us-east-1:111122223333:datashare:3f1d5a52-0b7d-4c27-9a94-1f5c2f3f8f11/airline";

good("warehouse", (name) => void warehouse(name, platform().subnetIds));
good("warehouse-with-role", (name) => {
  const copy = new Role(name("copy"), { assumeRolePolicy: trust("redshift-serverless.amazonaws.com") });
  warehouse(name, platform().subnetIds, { namespace: { iamRoles: [copy.arn], defaultIamRoleArn: copy.arn } });
});
good("warehouse-tuned", (name) => {
  warehouse(name, platform().subnetIds, {
    workgroup: {
      baseCapacity: 512,
      maxCapacity: 512,
      configParameters: [
        { parameterKey: "search_path", parameterValue: "airline, public" },
        { parameterKey: "require_ssl", parameterValue: "TRUE" },
      ],
    },
    // Somebody turns capacity by hand at the end of the month.
    workgroupOptions: { ignoreChanges: ["baseCapacity"] },
  });
});
good(
  "warehouse-prod",
  (name) => {
    warehouse(name, platform().subnetIds, { namespaceOptions: { protect: true } });
  },
  "prod",
);
good("cluster", (name) => void cluster(name, platform().subnetGroup));
good(
  "cluster-prod",
  (name) => {
    cluster(name, platform().subnetGroup, { options: { protect: true } });
  },
  "prod",
);
good("cluster-relocatable", (name) => {
  cluster(name, platform().subnetGroup, {
    cluster: { multiAz: undefined, availabilityZoneRelocationEnabled: true },
  });
});
good("cluster-subnets", (name) => {
  new SubnetGroup(name("subnets"), { name: "warehouses-by-name", subnetIds: platform().subnetIds });
  cluster(name, "warehouses-by-name");
});
good("partner", (name) => {
  new DataShareAuthorization(name("authorization"), { dataShareArn: shareArn, consumerIdentifier: "444455556666" });
  new DataShareConsumerAssociation(name("association"), {
    dataShareArn: shareArn,
    consumerArn: "arn:aws:redshift:us-east-1:444455556666:namespace:7c0d6a57-2f9b-4d6d-8c1e-54fb3a1e7d20",
  });
});
good("share", (name) => {
  new Statement(name("share"), {
    workgroupName: "producer",
    database: "airline",
    sql: "ALTER DATASHARE airline SET PUBLICACCESSIBLE = FALSE",
  });
});
good("quotes-what-is-forbidden", (name) => {
  new Statement(name("note"), {
    workgroupName: "producer",
    database: "airline",
    sql: "INSERT INTO runbook VALUES ('never ALTER DATASHARE airline SET PUBLICACCESSIBLE TRUE')",
  });
});
good("integration", (name) => {
  new ResourcePolicy(name("policy"), {
    resourceArn: "arn:aws:redshift:us-east-1:111122223333:namespace:3f1d5a52-0b7d-4c27-9a94-1f5c2f3f8f11",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "redshift.amazonaws.com" },
          Action: "redshift:AuthorizeInboundIntegration",
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
      ],
    }),
  });
});
