import type { ConsumerCatalog, Facts, ProducerCatalog, Rule, Warehouse } from "../facts/facts";

/** A deep copy's fields may be changed by a test, at any depth. */
type Change = (facts: Facts) => void;

const subnetIds = ["subnet-a", "subnet-b", "subnet-c"];
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const port = 5439;

const rule = (groupId: string, onPort = port): Rule => ({
  protocol: "tcp",
  fromPort: onPort,
  toPort: onPort,
  groupIds: [groupId],
  cidrs: [],
});

function warehouse(name: string, group: string, at: number): Warehouse {
  const addresses = group === "producer" ? [] : zones.map((_, zone) => `10.0.${2 * zone}.${at}`);
  const securityGroupIds = [group === "producer" ? "sg-producer" : "sg-consumers"];
  return {
    name,
    group,
    namespaceId: `id-of-${name}`,
    knownAddresses: addresses,
    kind: "serverless",
    namespace: { name: `fleet-${name}`, status: "AVAILABLE" },
    workgroup: {
      name: `fleet-${name}`,
      status: "AVAILABLE",
      baseCapacity: 32,
      port,
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      subnetIds,
      securityGroupIds,
      queryTimeoutSeconds: 3600,
      endpoints: addresses.map((address, zone) => ({
        name: `${name}-${zone}`,
        status: "ACTIVE",
        addresses: [address],
        securityGroupIds,
      })),
    },
  };
}

function consumerCatalog(): ConsumerCatalog {
  return {
    databases: [
      { name: "fleet", type: "local" },
      { name: "sales", type: "shared" },
    ],
    inbound: [{ share: "sales", producerNamespace: "id-of-producer", consumerDatabase: "sales" }],
    users: ["rdsdb", "fleet_admin", "reader_user", "analyst"],
    roles: ["reader", "sys:monitor"],
    members: [{ user: "reader_user", role: "reader" }],
    privileges: [{ database: "sales", role: "reader", privilege: "USAGE", scope: "DATABASE" }],
    leftovers: [],
    publicMayCreate: false,
    logins: { reader_user: { ok: true }, analyst: { ok: true } },
  };
}

/** Facts of a producer and a pool of two in which everything is as it should be, with one thing changed. */
export function fleetWith(change: Change = () => undefined): Facts {
  const warehouses = [
    warehouse("producer", "producer", 7),
    warehouse("pool-1", "pool", 8),
    warehouse("pool-2", "pool", 9),
  ];
  const consumer = (name: string) => ({
    name,
    kind: "serverless" as const,
    group: "pool",
    namespaceId: `id-of-${name}`,
    host: `${name}.example`,
    port,
    database: "fleet",
    addresses: warehouses.find((found) => found.name === name)?.knownAddresses ?? [],
  });
  const producer: ProducerCatalog = {
    shares: [
      {
        name: "sales",
        publicAccessible: false,
        grantedTo: ["id-of-pool-1", "id-of-pool-2"],
        schemas: [{ name: "shop", includeNew: true }],
        objects: ["shop.orders", "shop.customers"],
      },
    ],
    tables: ["shop.orders", "shop.customers", "internal.notes"],
  };
  const facts: Facts = {
    outages: { warehouses: {}, zones: {} },
    outputs: {
      endpoint: { host: "nlb.example", port, database: "fleet", secretArn: "arn:of:readers" },
      producer: {
        kind: "serverless",
        namespaceId: "id-of-producer",
        name: "producer",
        host: "producer.example",
        port,
        database: "fleet",
        secretArn: "arn:of:admin",
      },
      consumers: [consumer("pool-1"), consumer("pool-2")],
      datashares: [
        {
          name: "sales",
          sourceDatabase: "fleet",
          consumerDatabase: "sales",
          schemas: ["shop"],
          objects: { shop: { tables: "all", functions: "all", includeNew: true } },
        },
      ],
    },
    warehouses,
    network: {
      subnets: subnetIds.map((id, at) => ({
        id,
        vpcId: "vpc-1",
        cidr: `10.0.${2 * at}.0/23`,
        zone: zones[at]!,
        freeAddresses: 400,
      })),
      serviceEndpoints: [
        { service: "secretsmanager", groupIds: ["sg-services"] },
        { service: "redshift-data", groupIds: ["sg-services"] },
      ],
      groups: [
        {
          id: "sg-clients",
          name: "clients",
          ingress: [],
          egress: [rule("sg-balancer"), rule("sg-consumers"), rule("sg-producer"), rule("sg-services", 443)],
        },
        {
          id: "sg-services",
          name: "services",
          ingress: [rule("sg-clients", 443), rule("sg-consumers", 443), rule("sg-producer", 443)],
          egress: [],
        },
        { id: "sg-balancer", name: "balancer", ingress: [rule("sg-clients")], egress: [rule("sg-consumers")] },
        {
          id: "sg-consumers",
          name: "consumers",
          ingress: [rule("sg-clients"), rule("sg-balancer")],
          egress: [rule("sg-services", 443)],
        },
        { id: "sg-producer", name: "producer", ingress: [rule("sg-clients")], egress: [rule("sg-services", 443)] },
      ],
    },
    balancer: {
      name: "readers",
      scheme: "internal",
      state: "active",
      securityGroupIds: ["sg-balancer"],
      subnetIds,
      listener: {
        port,
        idleTimeoutSeconds: 6000,
        group: {
          name: "consumers",
          port,
          preserveClientIp: false,
          sticky: false,
          targets: warehouses.flatMap(({ knownAddresses }) =>
            knownAddresses.map((address, zone) => ({ address, port, zone: zones[zone], state: "healthy" })),
          ),
        },
      },
    },
    catalogs: {
      producer,
      consumers: { "pool-1": consumerCatalog(), "pool-2": consumerCatalog() },
      readers: ["reader_user", "analyst"],
    },
  };
  const copy = structuredClone(facts);
  change(copy);
  return copy;
}

/** Handles to the parts that tests change; they fail where a part is not as the fixture makes it. */
export const workgroupOf = (facts: Facts, name: string) => {
  const found = facts.warehouses.find((candidate) => candidate.name === name)?.workgroup;
  if (!found) throw new Error(`no workgroup ${name}`);
  return found;
};

export const targetsOf = (facts: Facts) => {
  const group = facts.balancer?.listener?.group;
  if (!group) throw new Error("no target group");
  return group.targets;
};

export const shareOf = ({ catalogs }: Facts) => {
  if ("error" in catalogs.producer || !catalogs.producer.shares[0]) throw new Error("no datashare");
  return catalogs.producer.shares[0];
};

export const catalogOf = ({ catalogs }: Facts, name: string) => {
  const found = catalogs.consumers[name];
  if (!found || "error" in found) throw new Error(`no catalog of ${name}`);
  return found;
};

export const groupOf = ({ network }: Facts, id: string) => {
  const found = network.groups.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no security group ${id}`);
  return found;
};
