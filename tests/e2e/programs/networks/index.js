const ec2 = require("@pulumi/aws/ec2");

/** A VPC with a subnet in each of three zones; without DNS it is of no use to a fleet. */
function network(name, block, enableDnsHostnames) {
  const vpc = new ec2.Vpc(name, { cidrBlock: `10.${block}.0.0/16`, enableDnsSupport: true, enableDnsHostnames });
  const subnets = ["a", "b", "c"].map(
    (zone, index) =>
      new ec2.Subnet(`${name}-${zone}`, {
        vpcId: vpc.id,
        availabilityZone: `us-east-1${zone}`,
        cidrBlock: `10.${block}.${2 * index}.0/23`,
      }),
  );
  return { vpcId: vpc.id, subnetIds: subnets.map((subnet) => subnet.id) };
}

exports.good = network("good", 60, true);
exports.withoutDns = network("without-dns", 61, false);
