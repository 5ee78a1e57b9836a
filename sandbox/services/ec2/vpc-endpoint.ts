import type { VpcEndpoint as Endpoint, PrefixList } from "@aws-sdk/client-ec2";
import type { Account } from "../../aws/account";
import { operationsOf } from "../../aws/handlers";
import { tagList } from "../../aws/tags";
import type { Invoke } from "../../provider/resource/invoke";
import { boolean, json, list, object, oneOf, set, string } from "../../provider/resource/property";
import { lookUp } from "../../provider/resource/resource";
import { isEmpty, maps, texts, type ValueMap } from "../../provider/values";
import { describe, type Kind } from "./describe";
import type { Ec2, Sdk } from "./network";
import type { VpcEndpoint } from "./records";
import { filtersOf, resource, single } from "./resource";
import { givenTags } from "./tags";
import { requireSuccess, unsuccessful } from "./unsuccessful";

/** EC2 answers states in small letters, against its own model: aws/aws-sdk-go-v2#2864. */
type EndpointView = Omit<Endpoint, "State"> & { State: string };

const kind: Kind<EndpointView> = {
  id: "VpcEndpointId",
  notFound: "InvalidVpcEndpointId.NotFound",
  filters: ["service-name", "vpc-endpoint-id", "vpc-endpoint-type", "vpc-id"],
  special: { "vpc-endpoint-state": ({ State }) => [State] },
};

const listKind: Kind<PrefixList> = {
  id: "PrefixListId",
  notFound: "InvalidPrefixListID.NotFound",
  filters: ["prefix-list-id", "prefix-list-name"],
};

export function endpointOperations({ vpcEndpoints, networkInterfaces }: Ec2, account: Account) {
  const view = (endpoint: VpcEndpoint): EndpointView => {
    const isGateway = endpoint.vpcEndpointType === "Gateway";
    const service = endpoint.serviceName.split(".").slice(3).join(".");
    const dnsName = `${endpoint.vpcEndpointId}.${service}.${account.region}.vpce.amazonaws.com`;
    return {
      VpcEndpointId: endpoint.vpcEndpointId,
      VpcEndpointType: endpoint.vpcEndpointType,
      VpcId: endpoint.vpcId,
      ServiceName: endpoint.serviceName,
      ServiceRegion: account.region,
      State: endpoint.state,
      PolicyDocument: endpoint.policy,
      PrivateDnsEnabled: endpoint.privateDnsEnabled,
      RequesterManaged: false,
      RouteTableIds: endpoint.routeTableIds,
      SubnetIds: endpoint.subnetIds,
      Groups: endpoint.securityGroupIds.map((GroupId) => ({ GroupId })),
      IpAddressType: isGateway ? undefined : "ipv4",
      NetworkInterfaceIds: networkInterfaces.list({ owner: endpoint.vpcEndpointId }).map(({ id }) => id),
      DnsEntries: isGateway ? [] : [{ DnsName: dnsName, HostedZoneId: "Z7HUB22UULQXV" }],
      OwnerId: account.accountId,
      Tags: tagList(endpoint.tags),
    };
  };
  /** AWS's own lists: the addresses of services that have gateway endpoints. */
  const prefixLists = ["s3", "dynamodb"].map((service): PrefixList => {
    const name = `com.amazonaws.${account.region}.${service}`;
    return { PrefixListId: vpcEndpoints.prefixListId(name), PrefixListName: name, Cidrs: [] };
  });
  return operationsOf<Sdk>({
    CreateVpcEndpoint: (input) => {
      const endpoint = vpcEndpoints.create({
        vpcId: input.VpcId ?? "",
        serviceName: input.ServiceName ?? "",
        vpcEndpointType: input.VpcEndpointType,
        policy: input.PolicyDocument,
        privateDnsEnabled: input.PrivateDnsEnabled,
        routeTableIds: input.RouteTableIds,
        subnetIds: input.SubnetIds,
        securityGroupIds: input.SecurityGroupIds,
        tags: givenTags(input.TagSpecifications),
      });
      return { VpcEndpoint: view(endpoint) };
    },
    DescribeVpcEndpoints: (input) => {
      const { items, nextToken } = describe(kind, vpcEndpoints.list().map(view), input.VpcEndpointIds, input);
      return { VpcEndpoints: items, NextToken: nextToken };
    },
    ModifyVpcEndpoint: (input) => {
      const before = vpcEndpoints.get(input.VpcEndpointId ?? "");
      const next = (ids: string[], added: string[] = [], removed: string[] = []) =>
        [...new Set([...ids, ...added])].filter((id) => !removed.includes(id));
      vpcEndpoints.modify(before.vpcEndpointId, {
        policy: input.PolicyDocument ?? before.policy,
        privateDnsEnabled: input.PrivateDnsEnabled ?? before.privateDnsEnabled,
        routeTableIds: next(before.routeTableIds, input.AddRouteTableIds, input.RemoveRouteTableIds),
        subnetIds: next(before.subnetIds, input.AddSubnetIds, input.RemoveSubnetIds),
        securityGroupIds: next(before.securityGroupIds, input.AddSecurityGroupIds, input.RemoveSecurityGroupIds),
      });
      return { Return: true };
    },
    DeleteVpcEndpoints: ({ VpcEndpointIds = [] }) => ({
      Unsuccessful: unsuccessful(VpcEndpointIds, (id) => vpcEndpoints.delete(id)),
    }),
    DescribePrefixLists: (input) => {
      const { items, nextToken } = describe(listKind, prefixLists, input.PrefixListIds, input);
      return { PrefixLists: items, NextToken: nextToken };
    },
  });
}

/** Lists of ids that change by what is added and what is removed, with their names in requests. */
const lists = ["routeTableIds", "subnetIds", "securityGroupIds"] as const;

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpcendpoint/ */
export const vpcEndpoint = resource({
  token: "aws:ec2/vpcEndpoint:VpcEndpoint",
  label: "EC2 VPC Endpoint",
  tagged: true,
  properties: {
    autoAccept: boolean(),
    dnsOptions: object({ computed: true }),
    ipAddressType: string({ computed: true }, oneOf("ipv4", "dualstack", "ipv6")),
    policy: json({ computed: true }),
    privateDnsEnabled: boolean({ computed: true }),
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
  id: "VpcEndpointId",
  members: { policy: "PolicyDocument" },
  create: ["CreateVpcEndpoint", "vpcId", "serviceName", "vpcEndpointType", "policy", ...lists],
  request: ({ privateDnsEnabled }) => ({ PrivateDnsEnabled: privateDnsEnabled === true }),
  read: { operation: "DescribeVpcEndpoints", at: "VpcEndpoints", ids: "VpcEndpointIds" },
  async state(found, context, _before, id) {
    const interfaces = { NetworkInterfaceIds: texts(found, "NetworkInterfaceIds") };
    const held =
      interfaces.NetworkInterfaceIds.length > 0 && (await context.call("DescribeNetworkInterfaces", interfaces));
    const Filters = [{ Name: "prefix-list-name", Values: [found.ServiceName ?? ""] }];
    const prefixes =
      found.VpcEndpointType === "Gateway" && (await lookUp(context, "DescribePrefixLists", { Filters }, "PrefixLists"));
    return {
      arn: context.account.arn("ec2", `vpc-endpoint/${id}`),
      cidrBlocks: [],
      ipAddressType: found.IpAddressType ?? "",
      prefixListId: prefixes ? (prefixes.PrefixListId ?? "") : "",
      securityGroupIds: maps(found, "Groups").map(({ GroupId = "" }) => GroupId),
      subnetConfigurations: maps(held || {}, "NetworkInterfaces").map(({ SubnetId = "", PrivateIpAddress = "" }) => ({
        subnetId: SubnetId,
        ipv4: PrivateIpAddress,
      })),
    };
  },
  /** What is not said stays as it is. */
  async apply(VpcEndpointId, { news, olds, changed }, { call }) {
    if (olds.vpcId === undefined) return;
    const change: ValueMap = {};
    if (!isEmpty(news.policy)) change.PolicyDocument = news.policy!;
    if (typeof news.privateDnsEnabled === "boolean") change.PrivateDnsEnabled = news.privateDnsEnabled;
    for (const key of lists) {
      if (isEmpty(news[key]) || !changed.has(key)) continue;
      const [before, after] = [texts(olds, key), texts(news, key)];
      const name = key[0]!.toUpperCase() + key.slice(1);
      change[`Add${name}`] = after.filter((id) => !before.includes(id));
      change[`Remove${name}`] = before.filter((id) => !after.includes(id));
    }
    await call("ModifyVpcEndpoint", { VpcEndpointId, ...change });
  },
  async delete(id, _state, { call }) {
    requireSuccess(await call("DeleteVpcEndpoints", { VpcEndpointIds: [id] }));
  },
});

const getPrefixList: Invoke = {
  async run(args, { call }) {
    const Filters = filtersOf({ prefixListId: "prefix-list-id", name: "prefix-list-name" }, args);
    const found = single(maps(await call("DescribePrefixLists", { Filters }), "PrefixLists"), "EC2 Prefix List");
    return { id: found.PrefixListId ?? "", name: found.PrefixListName ?? "", cidrBlocks: found.Cidrs ?? [] };
  },
};

export const endpointFunctions = { "aws:ec2/getPrefixList:getPrefixList": getPrefixList };
