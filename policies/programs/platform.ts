import { SubnetGroup } from "@pulumi/aws/redshift";
import { network } from "./parts";

let shared: ReturnType<typeof declare> | undefined;

/** What the programs of a stack share. Nothing may be found on it. */
export function platform(): ReturnType<typeof declare> {
  shared ??= declare();
  return shared;
}

function declare() {
  const its = network((resource) => `platform--${resource}`);
  const subnets = new SubnetGroup("platform--subnets", { name: "warehouses", subnetIds: its.subnetIds });
  return { ...its, subnetGroup: subnets.name };
}
