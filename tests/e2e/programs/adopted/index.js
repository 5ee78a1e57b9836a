const {
  ConsumerDatabase,
  Datashare,
  DatashareGrant,
  DatashareResource,
  importing,
} = require("@redshift-fleet/components");

const { producer, consumer, byComponent } = JSON.parse(process.env.ADOPTED_FLEET);
const schemas = { airline: { tables: ["dim_airport", "dim_date"], functions: [], includeNew: false } };
const shareId = `${producer.workgroup}/${producer.database}/handmade`;
const grantId = `${shareId}/${consumer.namespaceId}`;
const databaseId = `${consumer.workgroup}/${consumer.database}/handmade`;

if (byComponent) declareByComponent();
else declareOneByOne();

function declareByComponent() {
  const warehouse = ({ namespaceId, workgroup, database, secretArn }, name) => ({
    name,
    namespaceId,
    workgroupName: workgroup,
    database,
    adminSecretArn: secretArn,
  });
  const args = { producer: warehouse(producer, "producer"), schemas, consumers: [warehouse(consumer, "first")] };
  const ids = { "handmade-share": shareId, "handmade-grant-first": grantId, "handmade-database-first": databaseId };
  new Datashare("handmade", args, { transforms: byComponent === "imported" ? [importing(ids)] : [] });
}

function declareOneByOne() {
  const connection = { region: producer.secretArn.split(":")[3] };
  const target = ({ workgroup, database, secretArn }) => ({ workgroupName: workgroup, database, secretArn });
  const from = { connection, target: target(producer), namespaceId: producer.namespaceId };
  const share = new DatashareResource(
    "share",
    { ...from, share: "handmade", publicAccessible: false, schemas },
    { import: shareId },
  );
  const { incarnation } = share;
  const grant = new DatashareGrant(
    "grant",
    { ...from, share: share.share, consumerNamespaceId: consumer.namespaceId, incarnation },
    { import: grantId },
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
      incarnation,
    },
    { import: databaseId },
  );
}
