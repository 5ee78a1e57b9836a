const { ConsumerDatabase, DatashareGrant, DatashareResource } = require("@redshift-fleet/components");

const { producer, consumer } = JSON.parse(process.env.ADOPTED_FLEET);
const connection = { region: producer.secretArn.split(":")[3] };
const target = ({ workgroup, database, secretArn }) => ({ workgroupName: workgroup, database, secretArn });
const shareId = `${producer.workgroup}/${producer.database}/handmade`;

const share = new DatashareResource(
  "share",
  {
    connection,
    target: target(producer),
    namespaceId: producer.namespaceId,
    share: "handmade",
    publicAccessible: false,
    schemas: { airline: { tables: ["dim_airport", "dim_date"], functions: [], includeNew: false } },
  },
  { import: shareId },
);
const grant = new DatashareGrant(
  "grant",
  {
    connection,
    target: target(producer),
    namespaceId: producer.namespaceId,
    share: share.share,
    consumerNamespaceId: consumer.namespaceId,
    incarnation: share.incarnation,
  },
  { import: `${shareId}/${consumer.namespaceId}` },
);
new ConsumerDatabase(
  "database",
  {
    connection,
    target: target(consumer),
    namespaceId: consumer.namespaceId,
    database: "handmade",
    share: grant.share,
    producerNamespaceId: producer.namespaceId,
    withPermissions: false,
    incarnation: share.incarnation,
  },
  { import: `${consumer.workgroup}/${consumer.database}/handmade` },
);
