import {
  ResourcePolicy as ClusterResourcePolicy,
  DataShareAuthorization,
  DataShareConsumerAssociation,
} from "@pulumi/aws/redshift";
import { Statement } from "@pulumi/aws/redshiftdata";
import { ResourcePolicy } from "@pulumi/aws/redshiftserverless";
import { Command } from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import { bad } from "../program";

/** Somebody's own way to make a datashare. */
class Share extends pulumi.dynamic.Resource {
  constructor(name: string, args: { share: string; publicAccessible: boolean }) {
    super({ create: async (inputs) => ({ id: inputs.share, outs: inputs }) }, name, args, {}, "sharing", "Datashare");
  }
}

const shareArn = "arn:aws:redshift:us-east-1:111122223333:datashare:3f1d5a52-0b7d-4c27-9a94-1f5c2f3f8f11/airline";
const snapshotArn = "arn:aws:redshift-serverless:us-east-1:111122223333:snapshot/3f1d5a52-0b7d-4c27-9a94-1f5c2f3f8f11";

bad("stranger", { "datashare-consumers": ["authorization"] }, (name) => {
  new DataShareAuthorization(name("authorization"), { dataShareArn: shareArn, consumerIdentifier: "999988887777" });
});
bad("writer", { "datashare-consumers": ["authorization"] }, (name) => {
  new DataShareAuthorization(name("authorization"), {
    dataShareArn: shareArn,
    consumerIdentifier: "444455556666",
    allowWrites: true,
  });
});
bad("whole-account", { "datashare-consumers": ["association"] }, (name) => {
  new DataShareConsumerAssociation(name("association"), { dataShareArn: shareArn, associateEntireAccount: true });
});
bad("share-for-all", { "datashare-not-public": ["share"] }, (name) => {
  new Statement(name("share"), {
    workgroupName: "producer",
    database: "airline",
    sql: "CREATE DATASHARE airline SET PUBLICACCESSIBLE TRUE",
  });
});
bad("share-by-script", { "datashare-not-public": ["share"] }, (name) => {
  new Command(name("share"), {
    create: 'psql "$WAREHOUSE" -c "alter datashare airline set publicaccessible = true"',
  });
});
bad("share-by-option", { "datashare-not-public": ["share"] }, (name) => {
  new Command(name("share"), {
    create: `aws redshift-data execute-statement --workgroup-name producer --database airline \
      --sql "ALTER DATASHARE airline SET PUBLICACCESSIBLE TRUE"`,
  });
});
bad("share-by-dynamic", { "datashare-not-public": ["share"] }, (name) => {
  new Share(name("share"), { share: "airline", publicAccessible: true });
});
bad("share-by-json", { "datashare-not-public": ["share"] }, (name) => {
  const call = JSON.stringify({ WorkgroupName: "producer", Sql: "ALTER DATASHARE airline SET PUBLICACCESSIBLE\nTRUE" });
  new Command(name("share"), { create: `aws redshift-data execute-statement --cli-input-json '${call}'` });
});
bad("stranger-by-sql", { "datashare-consumers": ["grant"] }, (name) => {
  new Statement(name("grant"), {
    workgroupName: "producer",
    database: "airline",
    sql: "GRANT USAGE ON DATASHARE airline TO ACCOUNT '999988887777' VIA DATA CATALOG",
  });
});
bad("snapshots-for-all", { "redshift-resource-policy": ["policy"] }, (name) => {
  new ResourcePolicy(name("policy"), {
    resourceArn: snapshotArn,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: "*", Action: "redshift-serverless:RestoreFromSnapshot", Resource: snapshotArn },
      ],
    }),
  });
});
bad("integration-for-all", { "redshift-resource-policy": ["policy"] }, (name) => {
  new ClusterResourcePolicy(name("policy"), {
    resourceArn: "arn:aws:redshift:us-east-1:111122223333:namespace:3f1d5a52-0b7d-4c27-9a94-1f5c2f3f8f11",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: ["*"] }, Action: "redshift:CreateInboundIntegration" }],
    }),
  });
});
