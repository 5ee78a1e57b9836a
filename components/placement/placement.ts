import { dynamicResource } from "../lifecycle/dynamic-resource";
import { changeFaults, type PlacementInputs } from "./placement-faults";

/**
 * Where a stack is: account, Region, names, VPC and subnets. It makes nothing. A preview refuses, with the way that works,
 * whatever would leave a running stack between two places: another Region, another VPC, subnets over those that are there.
 * Import id: the start of the stack's names.
 */
export class Placement extends dynamicResource<PlacementInputs, PlacementInputs>("placement", {
  type: "Placement",
  title: "placement",
  fields: {
    accountId: "compared",
    region: "compared",
    namePrefix: "compared",
    vpc: "compared",
    subnets: "compared",
    warehouseSubnets: "compared",
    // How things stood does not matter to the next change.
    balanced: "ignored",
    endpoints: "ignored",
    spareEndpoints: "ignored",
    producer: "compared",
    replaceable: "ignored",
    places: "ignored",
  },
  id: ({ namePrefix }) => namePrefix,
  faults: changeFaults,
  create: async (_redshift, inputs) => inputs,
  read: async (_redshift, state) => state,
  remove: async () => undefined,
}) {
  /** Until the engine has accepted it: what is declared afterwards is never asked for in a wrong place. */
  accepted(): Promise<void> {
    return new Promise((resolve) => {
      this.urn.apply(() => resolve());
    });
  }
}
