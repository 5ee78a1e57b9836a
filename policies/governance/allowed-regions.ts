import { strings } from "../framework/config";
import { isRedshifts } from "../framework/dynamic";
import { matchesAny } from "../framework/names";
import { everyOne, type Node } from "../framework/peek";
import { definePolicy } from "../framework/policy";

/** Properties that send data to another Region than the resource's own. */
const elsewhere = ["destinationRegion", "consumerRegion"];
/** Resources that keep copies of themselves in other Regions. */
const replicated: readonly string[] = [
  "aws:dynamodb/table:Table",
  "aws:dynamodb/globalTable:GlobalTable",
  "aws:secretsmanager/secret:Secret",
];

export const allowedRegions = definePolicy({
  name: "allowed-regions",
  area: "governance",
  entry: 48,
  description: "A resource must be in a Region that the organization uses.",
  why: "data that leaves its Regions may break contracts and laws, and nobody watches the others",
  mend: "set aws:region, the provider's region or the resource's region to one that is allowed",
  severity: "high",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/controltower/latest/userguide/region-deny.html",
  parameters: {
    regions: strings(
      ["*"],
      "Patterns of the Regions allowed, e.g. eu-*. All are until the organization names its own.",
    ),
  },
  types: "every",
  checks: [
    (resource, { config, violation }) => {
      if (!resource.type.startsWith("aws:") && resource.type !== "pulumi:providers:aws") return;
      if (config.regions.includes("*")) return;
      everyOne(["region", ...elsewhere], (key) => {
        const name = (resource as Node).text(key);
        if (name !== undefined && !matchesAny(name, config.regions)) violation(`${key} is ${name}`);
      });
    },
    (resource, { config, violation }) => {
      if (config.regions.includes("*") || !isRedshifts(resource)) return;
      // Where the components of redshift-fleet send their SQL.
      const name = (resource as Node).child("connection")?.text("region");
      if (name !== undefined && !matchesAny(name, config.regions)) violation(`connection.region is ${name}`);
    },
    (resource, { config, violation }) => {
      if (!replicated.includes(resource.type) || config.regions.includes("*")) return;
      (resource as Node).each("replicas", (replica) => {
        const name = replica.text("region") ?? replica.text("regionName");
        if (name !== undefined && !matchesAny(name, config.regions)) violation(`${replica.path} is in ${name}`);
      });
    },
    (resource, { config, violation }) => {
      if (resource.type !== "pulumi:providers:aws" || resource.given("region")) return;
      // What the provider itself falls back on; it is started with the same environment.
      const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
      if (region !== undefined && !matchesAny(region, config.regions))
        violation(`region is ${region} (from the environment)`);
    },
  ],
});
