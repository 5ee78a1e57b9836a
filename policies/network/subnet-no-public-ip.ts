import { definePolicy } from "../framework/policy";

export const subnetNoPublicIp = definePolicy({
  name: "subnet-no-public-ip",
  area: "network",
  entry: 3,
  description: "A subnet must not give public addresses to what is started in it.",
  why: "a warehouse, its endpoints and its readers then reach, and are reached from, the internet by accident",
  mend: "remove mapPublicIpOnLaunch or set it to false",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub EC2.15", "CKV_AWS_130"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15",
  types: ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
  checks: [
    (subnet, { violation }) => {
      if (subnet.flag("mapPublicIpOnLaunch")) violation("mapPublicIpOnLaunch is true");
    },
    (subnet, { violation }) => {
      const adopted = subnet.as("aws:ec2/defaultSubnet:DefaultSubnet");
      if (adopted && !adopted.given("mapPublicIpOnLaunch"))
        violation("mapPublicIpOnLaunch is not set, which means true in a default subnet", {
          mend: "set mapPublicIpOnLaunch to false",
        });
    },
  ],
  remedy: () => ({ mapPublicIpOnLaunch: false }),
});
