import type { NetworkInterface as InterfaceView } from "@aws-sdk/client-ec2";
import { type Account, newId } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import { operationsOf } from "../../aws/handlers";
import { describe, type Kind } from "./describe";
import type { Ec2, Sdk } from "./network";
import type { NetworkInterface } from "./records";

const kind: Kind<InterfaceView> = {
  id: "NetworkInterfaceId",
  notFound: "InvalidNetworkInterfaceID.NotFound",
  filters: [
    ...["availability-zone", "description", "network-interface-id", "owner-id", "private-ip-address"],
    ...["requester-managed", "status", "subnet-id", "vpc-id"],
  ],
  special: {
    "addresses.private-ip-address": ({ PrivateIpAddress }) => [PrivateIpAddress],
    "group-id": ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId),
  },
};

/** Interfaces that people make; all others belong to services. */
const ownerOf = (interfaceId: string) => `ec2/${interfaceId}`;

export function interfaceOperations({ networkInterfaces }: Ec2, account: Account) {
  const view = (networkInterface: NetworkInterface): InterfaceView => ({
    NetworkInterfaceId: networkInterface.id,
    SubnetId: networkInterface.subnetId,
    VpcId: networkInterface.vpcId,
    AvailabilityZone: networkInterface.availabilityZone,
    Description: networkInterface.description,
    OwnerId: account.accountId,
    RequesterManaged: true,
    Status: "in-use",
    PrivateIpAddress: networkInterface.privateIpAddress,
    Groups: networkInterface.securityGroupIds.map((GroupId) => ({ GroupId })),
    PrivateIpAddresses: [{ PrivateIpAddress: networkInterface.privateIpAddress, Primary: true }],
    TagSet: [],
  });
  return operationsOf<Sdk>({
    CreateNetworkInterface: (input) => {
      const { SubnetId = "", Description = "", SecondaryPrivateIpAddressCount: secondary = 0 } = input;
      const holder = ownerOf(newId("request"));
      const created = networkInterfaces.allocate(SubnetId, holder, Description);
      networkInterfaces.reserve(SubnetId, holder, secondary);
      return { NetworkInterface: { ...view(created), Status: "pending" } };
    },
    DescribeNetworkInterfaces: (input) => {
      const rows = networkInterfaces.list().map(view);
      const { items, nextToken } = describe(kind, rows, input.NetworkInterfaceIds, input);
      return { NetworkInterfaces: items, NextToken: nextToken };
    },
    DeleteNetworkInterface: ({ NetworkInterfaceId = "" }) => {
      const found = networkInterfaces.list().find(({ id }) => id === NetworkInterfaceId);
      if (!found) {
        throw new AwsError(
          "InvalidNetworkInterfaceID.NotFound",
          `The networkInterface ID '${NetworkInterfaceId}' does not exist`,
        );
      }
      if (!found.owner.startsWith(ownerOf(""))) {
        throw new AwsError("OperationNotPermitted", "You are not allowed to manage 'ela-attach' attachments.");
      }
      networkInterfaces.release(found.owner);
      return {};
    },
    DescribeAvailabilityZones: ({ ZoneNames }) => ({
      AvailabilityZones: account.azs
        .filter(({ name }) => ZoneNames === undefined || ZoneNames.includes(name))
        .map(({ name, id }) => ({
          ZoneName: name,
          ZoneId: id,
          State: "available",
          RegionName: account.region,
          ZoneType: "availability-zone",
          OptInStatus: "opt-in-not-required",
        })),
    }),
  });
}
