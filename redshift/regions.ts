import type { Fault } from "./faults";
import { nearest } from "./spelling";

/** Regions by what they begin with, as of partitions.json in @aws-sdk/core 3 and the enum `Region` of @pulumi/aws 7. */
const places: Readonly<Record<string, string>> = {
  af: "south-1",
  ap: "east-1 east-2 northeast-1 northeast-2 northeast-3 south-1 south-2 southeast-1 southeast-2 southeast-3 southeast-4 southeast-5 southeast-6 southeast-7",
  ca: "central-1 west-1",
  cn: "north-1 northwest-1",
  eu: "central-1 central-2 north-1 south-1 south-2 west-1 west-2 west-3",
  "eu-isoe": "west-1",
  "eusc-de": "east-1",
  il: "central-1",
  me: "central-1 south-1 west-1",
  mx: "central-1",
  sa: "east-1 west-1",
  us: "east-1 east-2 west-1 west-2",
  "us-gov": "east-1 west-1",
  "us-iso": "east-1 west-1",
  "us-isob": "east-1 west-1",
  "us-isof": "east-1 south-1",
};

/** Names of AWS's Regions that are known here. AWS adds some every year. */
export const knownRegions: readonly string[] = Object.entries(places).flatMap(([start, rest]) =>
  rest.split(" ").map((end) => `${start}-${end}`),
);

const direction = "(central|north|south|east|west|northeast|northwest|southeast|southwest)";
const form = new RegExp(`^(${Object.keys(places).join("|")})-${direction}-\\d$`);

/** Whether it is a Region, or may be one that is newer than this list: only AWS knows then. */
export const mayBeRegion = (name: string): boolean => knownRegions.includes(name) || form.test(name);

const shownNames = 3;

/** The fault of a Region that there is not. @param path where it was given */
export function unknownRegion(path: string, region: string): Fault {
  const near = nearest(region, knownRegions).slice(0, shownNames);
  const meant = near.map((name) => `\`${name}\``).join(" or ");
  return {
    path,
    value: region,
    rule: "must be a Region of AWS",
    remedy: near.length > 0 ? `Write ${meant}` : "Write it as in `us-east-1` or `eu-central-1`",
  };
}
