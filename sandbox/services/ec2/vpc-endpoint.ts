import { boolean, json, list, object, oneOf, set, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { isEmpty, optionalFlag, optionalText, text, textMap, texts, type ValueMap } from "../../provider/values";

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpcendpoint/ */
export const vpcEndpoint: ResourceType = {
  token: "aws:ec2/vpcEndpoint:VpcEndpoint",
  label: "EC2 VPC Endpoint",
  tagged: true,
  properties: {
    autoAccept: boolean(),
    dnsOptions: object({ computed: true }),
    ipAddressType: string({ computed: true }, oneOf("ipv4", "dualstack", "ipv6")),
    policy: json({ computed: true }),
    privateDnsEnabled: boolean({ computed: true }),
    region: string({ computed: true, replaces: true }),
    resourceConfigurationArn: string({ replaces: true }),
    routeTableIds: set({ computed: true }),
    securityGroupIds: set({ computed: true }),
    serviceName: string({ replaces: true }),
    serviceNetworkArn: string({ replaces: true }),
    serviceRegion: string({ computed: true, replaces: true }),
    subnetConfigurations: list({ computed: true, unordered: true }),
    subnetIds: set({ computed: true }),
    vpcEndpointType: string(
      { default: "Gateway", replaces: true },
      oneOf("Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"),
    ),
    vpcId: string({ required: true, replaces: true }),
  },
  outputs: [
    "arn",
    "cidrBlocks",
    "dnsEntries",
    "networkInterfaceIds",
    "ownerId",
    "prefixListId",
    "requesterManaged",
    "state",
  ],
  check: (inputs) =>
    inputs.serviceName === undefined &&
    inputs.resourceConfigurationArn === undefined &&
    inputs.serviceNetworkArn === undefined
      ? [
          {
            property: "serviceName",
            reason: "one of serviceName, resourceConfigurationArn or serviceNetworkArn must be given",
          },
        ]
      : inputs.vpcEndpointType === "Gateway" && !isEmpty(inputs.subnetIds)
        ? [
            {
              property: "subnetIds",
              reason: "a Gateway endpoint has route tables, not subnets; set vpcEndpointType to Interface",
            },
          ]
        : [],
  async create(inputs, { models }) {
    const endpoint = models.ec2.vpcEndpoints.create({
      vpcId: text(inputs, "vpcId"),
      serviceName: text(inputs, "serviceName"),
      vpcEndpointType: optionalText(inputs, "vpcEndpointType"),
      ...settings(inputs),
      privateDnsEnabled: optionalFlag(inputs, "privateDnsEnabled") ?? false,
      tags: textMap(inputs, "tagsAll"),
    });
    return endpoint.vpcEndpointId;
  },
  async read(id, { models, account, region }) {
    const { vpcEndpoints, networkInterfaces } = models.ec2;
    const found = vpcEndpoints.find(id);
    if (!found) return undefined;
    const interfaces = networkInterfaces.list({ owner: id });
    const isGateway = found.vpcEndpointType === "Gateway";
    const service = found.serviceName.split(".").slice(3).join(".");
    return {
      arn: account.arn("ec2", `vpc-endpoint/${id}`),
      cidrBlocks: [],
      dnsEntries: isGateway
        ? []
        : [{ dnsName: `${id}.${service}.${region}.vpce.amazonaws.com`, hostedZoneId: "Z7HUB22UULQXV" }],
      ipAddressType: isGateway ? "" : "ipv4",
      networkInterfaceIds: interfaces.map((used) => used.id),
      ownerId: account.accountId,
      policy: found.policy,
      prefixListId: isGateway ? vpcEndpoints.prefixListId(found.serviceName) : "",
      privateDnsEnabled: found.privateDnsEnabled,
      requesterManaged: false,
      routeTableIds: found.routeTableIds,
      securityGroupIds: found.securityGroupIds,
      serviceName: found.serviceName,
      serviceRegion: region,
      state: found.state,
      subnetConfigurations: interfaces.map((used) => ({ subnetId: used.subnetId, ipv4: used.privateIpAddress })),
      subnetIds: found.subnetIds,
      tagsAll: found.tags,
      vpcEndpointType: found.vpcEndpointType,
      vpcId: found.vpcId,
    };
  },
  async update(id, { news }, { models }) {
    const privateDnsEnabled = optionalFlag(news, "privateDnsEnabled");
    models.ec2.vpcEndpoints.modify(id, {
      ...settings(news),
      ...(privateDnsEnabled === undefined ? {} : { privateDnsEnabled }),
      tags: textMap(news, "tagsAll"),
    });
  },
  async delete(id, _state, { models }) {
    models.ec2.vpcEndpoints.delete(id);
  },
};

/** What can be said at creation and changed later; what is not said stays as it is. */
function settings(inputs: ValueMap) {
  const policy = optionalText(inputs, "policy");
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(isEmpty(inputs.routeTableIds) ? {} : { routeTableIds: texts(inputs, "routeTableIds") }),
    ...(isEmpty(inputs.subnetIds) ? {} : { subnetIds: texts(inputs, "subnetIds") }),
    ...(isEmpty(inputs.securityGroupIds) ? {} : { securityGroupIds: texts(inputs, "securityGroupIds") }),
  };
}
