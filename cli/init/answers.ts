import fs from "node:fs";
import path from "node:path";
import { type Fault, nameFaults } from "@redshift-fleet/redshift";
import { mayBeRegion, unknownRegion } from "@redshift-fleet/redshift/declarations";
import { stackFile } from "../stack/settings";

/** What a fleet of one's own is made of, as somebody asked for it. */
export interface Answers {
  /** Of the stack. */
  name: string;
  region: string;
  /** Folder of the schema files: relative to the repository, or absolute. */
  directory: string;
  /** Schema that the first file makes, and the datashare of the same name. */
  schema: string;
  /** Consumers in the pool. */
  pool: number;
  /** Base capacities, in RPUs. */
  producerCapacity: number;
  consumerCapacity: number;
}

/** What is taken where nobody says otherwise: the smallest warehouses, and two consumers, so that one may fail. */
export function usualAnswers(name: string, region = "us-east-1"): Answers {
  return {
    name,
    region,
    directory: `fleets/${name}/schema`,
    schema: name.replaceAll("-", "_"),
    pool: 2,
    producerCapacity: 8,
    consumerCapacity: 8,
  };
}

/** With `<project>-`, a consumer's name and a suffix in front and behind, names of namespaces have 64 characters. */
const longestName = 30;
/** With AWS's default quotas, and room for consumers besides the pool. */
export const largestPool = 20;

/** Names that are schemas of the system already, or words that would have to be quoted in every statement. */
const taken = new Set(
  "public information_schema catalog_history all analyse analyze any as column constraint create database default do else end except from full grant group having in into join leading like limit new not null off offset old on only or order outer primary references right select session some system table tag then to top trailing union unique user using verbose wallet when where with".split(
    " ",
  ),
);
/** Databases that sessions begin in: a datashare's database has another name on the consumers. */
const sessionDatabase = "fleet";

/**
 * Everything that is wrong with the answers, each with the flag that gives another.
 *
 * @param root of the repository, where nothing is to be overwritten
 */
export function answerFaults(answers: Answers, root: string): Fault[] {
  const { name, region, directory, schema, pool, producerCapacity, consumerCapacity } = answers;
  return [
    ...fleetNameFaults(name),
    ...when(!mayBeRegion(region), unknownRegion("--region", region)),
    ...schemaFaults(schema),
    ...when(!(Number.isInteger(pool) && pool >= 1 && pool <= largestPool), {
      path: "--pool",
      value: pool,
      rule: `must be a whole number from 1 to ${largestPool}`,
      remedy: "Begin with a few: `pool.size` grows later, see `quotas` in docs/configuration.md",
    }),
    ...capacityFaults("--producer-rpus", producerCapacity),
    ...capacityFaults("--consumer-rpus", consumerCapacity),
    ...existingFaults("the stack's file", stackFile(name), root, (file) => fs.existsSync(file), "Choose another name"),
    ...existingFaults("--schemas", directory, root, isInUse, "Choose another folder, or move what is there away"),
  ];
}

const when = (wrong: boolean, fault: Fault): Fault[] => (wrong ? [fault] : []);

function fleetNameFaults(name: string): Fault[] {
  const fits = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= longestName;
  return when(!fits, {
    path: "name",
    value: name,
    rule: `must consist of lower-case letters, digits and single hyphens, begin with a letter and have at most ${longestName} characters: names of warehouses begin with it`,
    remedy: "Choose one such as `sales` or `eu-reports`",
  });
}

function schemaFaults(schema: string): Fault[] {
  const faults = nameFaults("--schema", "schema", schema);
  if (faults.length > 0) return faults;
  const fault = { path: "--schema", value: schema, remedy: "Choose another name, for example `sales`" };
  return [
    ...when(taken.has(schema) || schema.startsWith("pg_") || schema.includes("$"), {
      ...fault,
      rule: "must not be a name of the system, nor one that has to be quoted",
    }),
    ...when(schema === sessionDatabase, {
      ...fault,
      rule: "must not be the database that sessions begin in: readers find the share under this name beside it",
    }),
  ];
}

function capacityFaults(flag: string, rpus: number): Fault[] {
  return when(!(Number.isInteger(rpus) && rpus >= 8 && rpus <= 512 && rpus % 8 === 0), {
    path: flag,
    value: rpus,
    rule: "must be a number of RPUs from 8 to 512 in steps of 8",
    remedy: "Begin with 8: AWS adds capacity under load, up to `maxCapacity`",
  });
}

function existingFaults(
  what: string,
  file: string,
  root: string,
  isThere: (absolute: string) => boolean,
  remedy: string,
): Fault[] {
  const there = isThere(path.resolve(root, file));
  return when(there, { path: what, value: file, rule: "must not exist yet: nothing is overwritten", remedy });
}

/** Whether something is where the folder is to be, apart from an empty folder. */
function isInUse(folder: string): boolean {
  if (!fs.existsSync(folder)) return false;
  return !fs.statSync(folder).isDirectory() || fs.readdirSync(folder).length > 0;
}
