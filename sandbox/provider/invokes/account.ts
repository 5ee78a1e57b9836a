import { maps, optionalText, texts } from "../values";
import type { Invoke } from "./invoke";

const CALLER = "sandbox";

const getCallerIdentity: Invoke = {
  regional: false,
  async run(_args, { account }, { assumedRoleArn }) {
    const role = assumedRoleArn?.split("/").pop();
    const arn = role
      ? account.arn("sts", `assumed-role/${role}/${CALLER}`, { region: "" })
      : account.arn("iam", `user/${CALLER}`, { region: "" });
    return { accountId: account.accountId, arn, id: account.accountId, userId: "AIDASANDBOX00000000" };
  },
};

const getRegion: Invoke = {
  async run(args, { region }) {
    const name = optionalText(args, "region") ?? optionalText(args, "name") ?? region;
    return { description: name, endpoint: `ec2.${name}.amazonaws.com`, id: name, name, region: name };
  },
};

const getPartition: Invoke = {
  regional: false,
  async run(_args, { account }) {
    const { partition } = account;
    const china = partition === "aws-cn";
    const dnsSuffix = china ? "amazonaws.com.cn" : "amazonaws.com";
    return { dnsSuffix, id: partition, partition, reverseDnsPrefix: china ? "cn.com.amazonaws" : "com.amazonaws" };
  },
};

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

export const accountInvokes: Record<string, Invoke> = {
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getRegion:getRegion": getRegion,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getAvailabilityZone:getAvailabilityZone": getAvailabilityZone,
};
