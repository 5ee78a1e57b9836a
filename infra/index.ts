import {
  Consumer,
  ConsumerPool,
  Datashare,
  Encryption,
  Placement,
  Producer,
  ReadBalancer,
  Readers,
  Rotation,
  Schema,
} from "@redshift-fleet/components";
import { lookUpAccount } from "./account";
import { endpointUser, poolSettings, protection, readerRights, readersOf, schemaDirectory } from "./config/derive";
import { readConfig } from "./config/read";
import { makeNetwork, placementOf } from "./network";
import { describeFleet } from "./outputs";
import { verifyConsumer } from "./verification";

/** The fleet: what is written is written to the producer; everybody reads it live from a consumer of their own. */
export async function fleet() {
  const stack = await readConfig();
  const { config, namePrefix, tags } = stack;
  const account = { ...(await lookUpAccount()), region: config.region };
  const protect = protection(config);
  const { port, requireSsl } = config.network;

  await new Placement("placement", placementOf(stack, account)).accepted();
  const encryption = new Encryption(
    "encryption",
    { ...config.encryption, ...account, namePrefix, tags },
    { protect: protect.data },
  );
  const network = makeNetwork(stack, encryption.keyArn);
  const place = { namePrefix, network, kmsKeyArn: encryption.keyArn, tags, port, requireSsl };

  const producer = new Producer("producer", { ...place, ...account, ...config.producer }, { protect: protect.data });
  const schema = new Schema("schema", {
    target: producer.target,
    directory: schemaDirectory(config),
    warehouse: producer.warehouseName,
    replaceable: config.producer.allowReplacement,
  });

  // Shape A: a warehouse for each kind of work. Shape B: warehouses that are alike, behind one address.
  const named = Object.entries(config.consumers).map(([name, settings]) => ({
    name,
    group: "workload",
    consumer: new Consumer(name, { ...place, ...settings }),
  }));
  const pool = config.pool.size > 0 ? new ConsumerPool("pool", { ...place, ...poolSettings(config) }) : undefined;
  const pooled = (pool?.members ?? []).map((member) => ({ ...member, group: "pool" }));
  const consumers = [...pooled, ...named];

  const datashares = Object.fromEntries(
    Object.entries(config.datashares).map(([name, share]) => [
      name,
      new Datashare(
        name,
        {
          ...share,
          producer: producer.target,
          revision: schema.revision,
          consumers: readersOf(share, consumers).map(({ consumer }) => consumer.target),
        },
        { dependsOn: schema },
      ),
    ]),
  );

  const balancer =
    pool &&
    new ReadBalancer("balancer", {
      ...config.balancer,
      namePrefix,
      network,
      port,
      targetPort: port,
      deletionProtection: protect.balancer,
      tags,
    });
  const address = balancer ?? consumers[0]!.consumer;
  const readers = new Readers("readers", {
    ...config.readers,
    consumers: consumers.map(({ consumer }) => consumer.target),
    datashares,
    endpoint: { host: address.host, port: address.port, database: consumers[0]!.consumer.target.database },
    kmsKeyId: encryption.keyArn,
    secretRecoveryDays: protect.secretRecoveryDays,
  });
  if (balancer)
    new Rotation("rotation", {
      balancer,
      consumers: pooled.map(({ name, consumer }) => ({
        name,
        addresses: consumer.addresses,
        serves: readers.resourcesOn(name),
      })),
    });

  const access = { rights: readerRights(config), endpointUser: endpointUser(config) };
  const outputs = describeFleet({ address, producer, consumers, datashares, readers, ...access });
  const verification = outputs.consumers.map((consumer) =>
    verifyConsumer({
      fleet: outputs,
      consumer,
      datashares,
      revision: schema.revision,
      dependsOn: readers.resourcesOn(consumer.name),
    }),
  );
  return { ...outputs, verification };
}
