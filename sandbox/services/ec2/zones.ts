import type { Invoke } from "../../provider/resource/invoke";
import { maps, texts } from "../../provider/values";

const getAvailabilityZones: Invoke = {
  async run(args, { account, region }) {
    const filters = maps(args, "filters");
    const excluded = new Set([...texts(args, "excludeNames"), ...texts(args, "excludeZoneIds")]);
    const allows = (name: string, value: string) =>
      filters.every((filter) => filter.name !== name || texts(filter, "values").includes(value));
    const zones = account.azs.filter(
      (zone) =>
        !excluded.has(zone.name) &&
        !excluded.has(zone.id) &&
        allows("zone-name", zone.name) &&
        allows("zone-id", zone.id) &&
        allows("zone-type", "availability-zone") &&
        allows("opt-in-status", "opt-in-not-required"),
    );
    const available = args.state === undefined || args.state === "available";
    const listed = available ? zones : [];
    return {
      ...args,
      groupNames: listed.length > 0 ? [`${region}-zg-1`] : [],
      id: region,
      names: listed.map((zone) => zone.name),
      zoneIds: listed.map((zone) => zone.id),
    };
  },
};

const getAvailabilityZone: Invoke = {
  async run(args, { account, region }) {
    const zone = account.azs.find((candidate) => candidate.name === args.name || candidate.id === args.zoneId);
    if (!zone) throw new Error("no matching EC2 Availability Zone found");
    return {
      ...args,
      groupName: `${region}-zg-1`,
      groupLongName: region,
      id: zone.name,
      name: zone.name,
      nameSuffix: zone.name.slice(-1),
      networkBorderGroup: region,
      optInStatus: "opt-in-not-required",
      parentZoneId: "",
      parentZoneName: "",
      state: "available",
      zoneId: zone.id,
      zoneType: "availability-zone",
    };
  },
};

/** Of the Region that is asked about, which a program may only preview. */
export const zoneFunctions: Readonly<Record<string, Invoke>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getAvailabilityZone:getAvailabilityZone": getAvailabilityZone,
};
