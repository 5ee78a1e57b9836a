import { integer } from "../framework/config";
import { inWords } from "../framework/names";
import { Undecided } from "../framework/peek";
import { definePolicy } from "../framework/policy";
import { zoneOf } from "../framework/zones";

export const threeAvailabilityZones = definePolicy({
  name: "three-availability-zones",
  area: "network",
  entry: 1,
  description: "A VPC's subnets must span three Availability Zones.",
  why: "Redshift Serverless needs three zones, and a fleet survives the loss of one only then",
  mend: "add subnets until each of three zones of the Region has one, and set their availabilityZone",
  severity: "high",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html",
  parameters: { zones: integer(3, "How many Availability Zones a VPC's subnets span at least.", 1, 6) },
  stackTypes: ["aws:ec2/vpc:Vpc"],
  stackChecks: [
    (vpc, { graph, config, violation }) => {
      const subnets = graph.referrers(vpc, ["aws:ec2/subnet:Subnet"], "vpcId");
      if (subnets.length === 0) return;
      const zones = new Set<string>();
      const open: string[] = [];
      for (const subnet of subnets) {
        const zone = zoneOf(subnet);
        if (zone) zones.add(zone);
        else open.push(`${subnet.name}.availabilityZone`);
      }
      if (zones.size >= config.zones) return;
      if (zones.size + open.length >= config.zones) throw new Undecided(open);
      const seen = zones.size > 0 ? ` (${inWords([...zones].sort())})` : "";
      violation(`its ${subnets.length} subnets span ${zones.size} Availability Zones${seen}, not ${config.zones}`);
    },
  ],
});
