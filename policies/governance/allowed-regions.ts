import { strings } from "../framework/config";
import { matchesAny } from "../framework/names";
import { definePolicy } from "../framework/policy";

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
      const name = resource.text("region");
      if (name !== undefined && !matchesAny(name, config.regions)) violation(`region is ${name}`);
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
