import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import { type Fault, fewestZones, knownRegions, unknownRegion } from "@redshift-fleet/redshift/declarations";
import type { CheckedConfig } from "./parse";
import { isZoneId } from "./rules";
import type { FleetConfig } from "./schema";

/** An Availability Zone: its name in this account, and the id that means the same zone in every account. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** The zones of a network to be made, by name. */
export interface ChosenZones {
  readonly azs?: readonly string[];
  readonly subnets?: FleetConfig["network"]["subnets"];
  readonly warehouseSubnets?: FleetConfig["network"]["warehouseSubnets"];
  readonly faults: readonly Fault[];
}

/** Asks for the Region's zones and chooses among them. Does nothing for a network that exists, or without a Region. */
export async function lookUpZones(config: CheckedConfig): Promise<ChosenZones> {
  const { network, region } = config;
  if (network.existing || region === "") return { faults: [] };
  const { names, zoneIds } = await offeredBy(region, network);
  // The provider fills both lists in one loop over the zones (ec2_availability_zones_data_source.go).
  return chooseZones(
    network,
    region,
    names.map((name, index) => ({ name, id: zoneIds[index] ?? "" })),
  );
}

/** A zone that somebody named stays where it is while it is impaired. Local Zones have no Redshift. */
async function offeredBy(region: string, { azs, subnets }: FleetConfig["network"]) {
  try {
    return await getAvailabilityZones({
      state: azs || subnets ? undefined : "available",
      filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });
  } catch (error) {
    // A Region that there is not has no address that answers.
    if (knownRegions.includes(region)) throw error;
    return { names: [], zoneIds: [] };
  }
}

/** Names instead of ids, the first zones where none are named, and every fault of the choice. */
export function chooseZones(network: FleetConfig["network"], region: string, offered: readonly Zone[]): ChosenZones {
  if (offered.length === 0 && !knownRegions.includes(region)) return { faults: [unknownRegion("aws:region", region)] };
  const excluded = new Set(network.excludeZoneIds);
  const faults: Fault[] = [];
  const named = (path: string, wanted: string) => {
    const zone = offered.find(({ name, id }) => name === wanted || id === wanted);
    if (!zone) faults.push(unknownZone(path, wanted, region, offered));
    else if (excluded.has(zone.id)) faults.push(excludedZone(path, wanted, zone));
    return zone?.name ?? wanted;
  };
  const writtenOut = (list: "subnets" | "warehouseSubnets") =>
    network[list]?.map(({ az, cidr }, index) => ({ az: named(`network.${list}[${index}].az`, az), cidr }));
  const warehouseSubnets = writtenOut("warehouseSubnets");
  if (network.subnets) return { subnets: writtenOut("subnets"), warehouseSubnets, faults };
  if (network.azs) return { azs: network.azs.map((az) => named("network.azs", az)), warehouseSubnets, faults };
  const usable = offered.filter(({ id }) => !excluded.has(id));
  if (usable.length < fewestZones) faults.push(tooFewZones(region, offered, usable));
  return { azs: usable.slice(0, fewestZones).map(({ name }) => name), warehouseSubnets, faults };
}

/** The fault of a zone, named in whatever way, that `network.excludeZoneIds` rules out. */
export function excludedZone(path: string, value: string, { name, id }: Zone): Fault {
  return {
    path,
    value,
    rule: `must not be in ${name} (${id}), which network.excludeZoneIds rules out: Redshift Serverless is not in every zone`,
    remedy: "Use another zone, or take the id out of `network.excludeZoneIds` if Redshift Serverless is there by now",
  };
}

const list = (zones: readonly Zone[]) => zones.map(({ name, id }) => `${name} (${id})`).join(", ") || "none";

function unknownZone(path: string, value: string, region: string, offered: readonly Zone[]): Fault {
  return {
    path,
    value,
    rule: `must be a zone that this account has in ${region}: ${list(offered)}`,
    remedy: isZoneId(value) ? "Use one of these ids, or names" : "Use one of these",
  };
}

function tooFewZones(region: string, offered: readonly Zone[], usable: readonly Zone[]): Fault {
  // https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html ("Three subnets")
  const exception =
    region === "us-west-1"
      ? ". AWS lets three subnets share two zones in us-west-1; a fleet has one subnet in each zone, with endpoints and targets counted by zone"
      : "";
  return {
    path: "network.azs",
    value: usable.map(({ name }) => name),
    rule: `must be ${fewestZones} zones, but ${region} offers this account ${usable.length} that network.excludeZoneIds leaves of ${list(offered)}${exception}`,
    remedy: "Choose another Region (`aws:region`), or exclude fewer zones",
  };
}
