import { strings } from "../framework/config";
import { inWords } from "../framework/names";
import { Undecided } from "../framework/peek";
import { definePolicy } from "../framework/policy";

export const vpcEndpoints = definePolicy({
  name: "vpc-endpoints",
  area: "network",
  entry: 9,
  description: "A VPC with a warehouse should reach the AWS services it needs through VPC endpoints.",
  why: "with enhanced VPC routing COPY, UNLOAD and secrets otherwise need a way to the internet, or do not work",
  mend: "add aws.ec2.VpcEndpoint resources for these services (S3 as a gateway, the others as interfaces)",
  severity: "medium",
  level: "advisory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-working-with-endpoints.html",
  parameters: {
    services: strings(
      ["s3", "secretsmanager", "kms", "redshift-data", "logs"],
      "Services as they end their endpoint's name, com.amazonaws.<region>.<service>.",
    ),
  },
  stackTypes: ["aws:ec2/vpc:Vpc"],
  stackChecks: [
    (vpc, { graph, config, violation }) => {
      if (graph.referrers(vpc, ["aws:ec2/subnet:Subnet"], "vpcId").length === 0) return;
      const reached = new Set<string>();
      const open: string[] = [];
      for (const endpoint of graph.referrers(vpc, ["aws:ec2/vpcEndpoint:VpcEndpoint"], "vpcId")) {
        const service = endpoint.peek("serviceName");
        if (service.state === "unknown") open.push(`${endpoint.name}.serviceName`);
        else if (service.state === "known")
          reached.add(String(service.value).replace(/^(cn\.)?com\.amazonaws\.[^.]+\./, ""));
      }
      const missing = config.services.filter((service) => !reached.has(service));
      if (missing.length === 0) return;
      if (missing.length <= open.length) throw new Undecided(open);
      violation(`no endpoint leads to ${inWords(missing)}`);
    },
  ],
});
