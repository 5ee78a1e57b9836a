import {
  at,
  checkBalancer,
  checkBasics,
  checkCapacity,
  checkConsumer,
  checkNetwork,
  checkPool,
  checkProducer,
  type Fault,
  type FleetDemand,
} from "@redshift-fleet/components";
import {
  type DeclaredObjects,
  fewestZones,
  idleTimeoutSeconds,
  prefixOf,
  usableAddresses,
} from "@redshift-fleet/redshift/declarations";
import { poolSettings } from "./derive";
import { quotaFaults } from "./quota-rules";
import type { FleetConfig } from "./schema";
import { datashareRules, declarationRules, readerRules } from "./sharing-rules";

/** What a stack is called and where it lives. */
export interface Surroundings {
  readonly project: string;
  readonly stack: string;
  readonly region: string;
}

/** Start of the names of everything in the account. */
export function namePrefix({ project, stack }: Pick<Surroundings, "project" | "stack">): string {
  return `${project}-${stack}`;
}

/**
 * Everything about a configuration of the right shape that cannot work, found before anything is asked of a cloud.
 *
 * @param given what was really written, to tell it from defaults.
 */
export function checkRules(
  config: FleetConfig,
  given: Record<string, unknown>,
  place: Surroundings,
  declared: DeclaredObjects,
): Fault[] {
  const prefix = { namePrefix: namePrefix(place) };
  return [
    ...networkFaults(config, given, place.region),
    ...encryptionFaults(config),
    ...at("producer", checkProducer("producer", { ...prefix, ...config.producer })),
    ...(config.pool.size > 0 ? at("pool", checkPool("pool", { ...prefix, ...poolSettings(config) })) : []),
    ...Object.entries(config.consumers).flatMap(([name, consumer]) => [
      ...at(`consumers.${name}`, checkConsumer(name, { ...prefix, ...consumer })),
      ...consumerNameFaults(name),
    ]),
    ...compositionFaults(config),
    ...datashareRules(config),
    ...declarationRules(config, declared),
    ...readerRules(config),
    ...at("balancer", checkBalancer(config.balancer)),
    ...timeoutFaults(config),
    ...capacityFaults(config),
    ...quotaFaults(config),
  ];
}

/** Whether a zone is named by its id (`use1-az1`), which is the same in every account. */
export const isZoneId = (az: string) => /^[a-z0-9]+-az\d+$/.test(az);

/**
 * Stands for the real zones, which are looked up later: those that every Region begins with where none are named, and a
 * name for each id.
 */
function plannedZones({ network }: FleetConfig, region: string): string[] {
  const named = network.azs ?? ["a", "b", "c"].slice(0, fewestZones).map((letter) => `${region}${letter}`);
  return named.map((az) => plannedZone(az, region));
}

/** A letter from the end of the alphabet, where no Region has zones. */
function plannedZone(az: string, region: string): string {
  return isZoneId(az) ? `${region}${"zyxwvutsrq"[Number(az.slice(-1))]}` : az;
}

/** How a network is described without writing its subnets out. */
const carved = ["azs", "subnetPrefix"];

function networkFaults(config: FleetConfig, given: Record<string, unknown>, region: string): Fault[] {
  const { network } = config;
  const written = Object(given.network);
  const excluded = (key: string, others: readonly string[]): Fault[] =>
    others
      .filter((other) => key in written && other in written)
      .map((other) => ({
        path: `network.${other}`,
        value: written[other],
        rule: `must not be set together with network.${key}, which takes its place`,
        remedy: "Remove one of the two",
      }));
  const basics = { region, port: network.port, clientCidrs: network.clientCidrs };
  const planned = {
    ...network,
    region,
    azs: plannedZones(config, region),
    subnets: network.subnets?.map(({ az, cidr }) => ({ az: plannedZone(az, region), cidr })),
    warehouseSubnets: network.warehouseSubnets?.map(({ az, cidr }) => ({ az: plannedZone(az, region), cidr })),
    namePrefix: "",
    kmsKeyArn: "",
  };
  // What takes the place of what is for the writer to decide: all of it is judged, so that no fault waits for that.
  const described = ["cidr", ...carved, "subnets", "warehouseSubnets", "secondaryCidrs"].some((key) => key in written);
  const faults = [
    ...excluded("existing", [
      "cidr",
      ...carved,
      "subnets",
      "warehouseSubnets",
      "secondaryCidrs",
      "interfaceEndpoints",
      "flowLogRetentionDays",
    ]),
    ...excluded("subnets", carved),
    ...at("network", [
      ...(network.existing ? checkBasics(basics) : []),
      ...(!network.existing || described ? checkNetwork(planned) : []),
      ...(carved.some((key) => key in written) ? checkNetwork({ ...planned, subnets: undefined }) : []),
    ]),
  ];
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** Clear text is for trying things out. */
function encryptionFaults({ network, environment }: FleetConfig): Fault[] {
  if (network.requireSsl || environment === "sandbox" || environment === "development") return [];
  return [
    {
      path: "network.requireSsl",
      value: false,
      rule: `must be true where the environment is ${environment}: passwords and data would travel in clear`,
      remedy: "Remove it, and have clients use sslmode=verify-ca",
    },
  ];
}

function consumerNameFaults(name: string): Fault[] {
  if (!/^(pool(-\d+)?|producer)$/.test(name)) return [];
  return [
    {
      path: `consumers.${name}`,
      value: name,
      rule: "must not have the name of another warehouse of the fleet: every consumer occurs once",
      remedy: "Rename it",
    },
  ];
}

function compositionFaults(config: FleetConfig): Fault[] {
  if (config.pool.size > 0 || Object.keys(config.consumers).length > 0) return [];
  return [
    {
      path: "pool.size",
      value: config.pool.size,
      rule: "must be 1 or more where there are no named consumers",
      remedy: "Raise it, or name a consumer",
    },
  ];
}

function timeoutFaults(config: FleetConfig): Fault[] {
  const timeout = config.pool.queryTimeoutSeconds;
  const idle = config.balancer.idleTimeoutSeconds;
  if (timeout === undefined || timeout <= idle) return [];
  return [
    {
      path: "pool.queryTimeoutSeconds",
      value: timeout,
      rule: `must not exceed the balancer's idle timeout of ${idle} s: a running query sends nothing, so that its connection would be cut there too, where a client's keepalives are rarer than that`,
      remedy: `Lower it, or raise balancer.idleTimeoutSeconds (at most ${idleTimeoutSeconds.longest}); clients need keepalives of 300 s or less either way`,
    },
  ];
}

function capacityFaults(config: FleetConfig): Fault[] {
  const { network } = config;
  if (network.existing) return [];
  const smallest = (subnets: readonly { readonly cidr: string }[]) =>
    Math.max(...subnets.map(({ cidr }) => prefixOf(cidr)));
  const { warehouseSubnets, subnets, subnetPrefix, interfaceEndpoints } = network;
  const prefix = warehouseSubnets ? smallest(warehouseSubnets) : subnets ? smallest(subnets) : subnetPrefix;
  if (!(prefix >= 8 && prefix <= 28)) return [];
  return capacityOf(config, usableAddresses(prefix), warehouseSubnets ? 0 : interfaceEndpoints.length);
}

/** Whether the fleet fits into subnets with so many usable addresses each. */
export function capacityOf(config: FleetConfig, usable: number, interfaceEndpoints: number): Fault[] {
  const fleet: FleetDemand = {
    usable,
    interfaceEndpoints,
    warehouses: [
      { baseCapacity: config.producer.baseCapacity, endpointsPerSubnet: 0 },
      ...Object.values(config.consumers).map((consumer) => ({
        baseCapacity: consumer.baseCapacity,
        endpointsPerSubnet: consumer.endpointPlacement === "none" ? 0 : 1,
      })),
    ],
    poolMember: { baseCapacity: config.pool.baseCapacity, endpointsPerSubnet: 1 },
  };
  return checkCapacity("pool.size", config.pool.size, fleet);
}
