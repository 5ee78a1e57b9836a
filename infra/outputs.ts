import type * as pulumi from "@pulumi/pulumi";
import type { Consumer, Datashare, Producer, Readers } from "@redshift-fleet/components";
import type { ReaderRights } from "@redshift-fleet/redshift/declarations";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";

/** A shape of outputs whose values may be known only later. */
export type Exported<T> =
  | pulumi.Input<T>
  | (T extends readonly (infer Item)[]
      ? readonly Exported<Item>[]
      : T extends object
        ? { readonly [K in keyof T]: Exported<T[K]> }
        : never);

interface FleetParts {
  /** Where readers connect: the balancer or, without a pool, the first consumer. */
  readonly address: { readonly host: pulumi.Output<string>; readonly port: pulumi.Output<number> };
  readonly producer: Producer;
  readonly consumers: readonly { readonly name: string; readonly group: string; readonly consumer: Consumer }[];
  readonly datashares: Readonly<Record<string, Datashare>>;
  readonly readers: Readers;
  readonly rights: readonly (ReaderRights & { readonly roles: readonly string[] })[];
  /** Which of the readers the endpoint is for. */
  readonly endpointUser: string;
}

/** The stack's outputs: what people and programs need to connect, in a shape that they may rely on. */
export function describeFleet(parts: FleetParts) {
  const { address, producer, consumers, datashares, readers, rights, endpointUser } = parts;
  return {
    endpoint: {
      host: address.host,
      port: address.port,
      database: consumers[0]!.consumer.target.database,
      user: endpointUser,
      secretArn: readers.secretArns[endpointUser]!,
    },
    readers: Object.fromEntries(
      rights.map(({ name, roles, datashares }) => [name, { secretArn: readers.secretArns[name]!, roles, datashares }]),
    ),
    producer: {
      kind: producer.kind,
      namespaceId: producer.target.namespaceId,
      name: producer.target.name,
      workgroup: producer.warehouseName,
      host: producer.host,
      port: producer.port,
      database: producer.target.database,
      secretArn: producer.target.adminSecretArn,
    },
    consumers: consumers.map(({ name, group, consumer }) => ({
      name,
      kind: consumer.kind,
      group,
      namespaceId: consumer.target.namespaceId,
      workgroup: consumer.warehouseName,
      host: consumer.host,
      port: consumer.port,
      database: consumer.target.database,
      secretArn: consumer.target.adminSecretArn,
      addresses: consumer.ipAddresses,
    })),
    datashares: Object.values(datashares).map((share) => ({
      ...describeDatashare(share),
      consumers: consumers.filter(({ name }) => share.serves(name)).map(({ name }) => name),
    })),
  } satisfies Exported<StackOutputs>;
}

/** What is shared, and under which name readers find it. */
export function describeDatashare({ shareName, sourceDatabase, consumerDatabase, schemas, objects }: Datashare) {
  return { name: shareName, sourceDatabase, consumerDatabase, schemas, objects };
}
