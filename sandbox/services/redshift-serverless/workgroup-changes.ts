import type { UpdateWorkgroupRequest } from "@aws-sdk/client-redshift-serverless";
import { checkBaseAgainstMax, checkBaseCapacity, checkMaxCapacity } from "./capacity";
import { mergeParameters } from "./config-parameters";
import type { ServerlessContext } from "./context";
import { checkPort } from "./names";
import { checkSubnets, holdAddresses, ownerOf, requireOneNetwork, requireRoomToResize } from "./placement";
import type { WorkgroupRecord } from "./records";
import { checkTarget, defaultBaseCapacity } from "./workgroup-settings";

/**
 * A workgroup as an update wants it. What it needs of the network, addresses and security groups, is its own on return.
 * @throws ValidationException
 */
export async function changed(
  context: ServerlessContext,
  record: WorkgroupRecord,
  input: Omit<UpdateWorkgroupRequest, "workgroupName">,
): Promise<WorkgroupRecord> {
  const next: WorkgroupRecord = { ...record };
  const owner = ownerOf(record.workgroupId);
  if (input.baseCapacity !== undefined) {
    next.baseCapacity = checkBaseCapacity(input.baseCapacity);
    checkBaseAgainstMax(next.baseCapacity, record.maxCapacity);
    requireRoomToResize(context, record, next.baseCapacity);
  }
  if (input.maxCapacity !== undefined) next.maxCapacity = checkMaxCapacity(input.maxCapacity, record.baseCapacity);
  if (input.pricePerformanceTarget !== undefined) {
    next.pricePerformanceTarget = checkTarget(input.pricePerformanceTarget);
  }
  if (input.configParameters !== undefined) {
    next.configParameters = mergeParameters(record.configParameters, input.configParameters, context.parameters);
  }
  if (input.publiclyAccessible !== undefined) next.publiclyAccessible = input.publiclyAccessible;
  if (input.ipAddressType !== undefined) next.ipAddressType = input.ipAddressType;
  if (input.trackName !== undefined) next.trackName = input.trackName;
  if (input.port !== undefined) next.port = checkPort(input.port);
  if (input.securityGroupIds !== undefined) {
    requireOneNetwork(context, record.subnetIds, input.securityGroupIds);
    next.securityGroupIds = input.securityGroupIds;
    context.networkInterfaces.setSecurityGroups(owner, input.securityGroupIds);
  }
  if (input.enhancedVpcRouting !== undefined) {
    await checkSubnets(context, record.subnetIds, input.enhancedVpcRouting);
    next.enhancedVpcRouting = input.enhancedVpcRouting;
  }
  if (input.subnetIds !== undefined) {
    const subnets = await checkSubnets(context, input.subnetIds, record.enhancedVpcRouting);
    next.subnetIds = subnets.map(({ subnetId }) => subnetId);
  }
  const moved = input.subnetIds !== undefined || input.enhancedVpcRouting !== undefined;
  if (moved || input.baseCapacity !== undefined) {
    const interfaces = holdAddresses(context, {
      owner,
      name: record.workgroupName,
      subnetIds: next.subnetIds,
      securityGroupIds: next.securityGroupIds,
      capacity: next.baseCapacity ?? defaultBaseCapacity,
      enhancedVpcRouting: next.enhancedVpcRouting,
    });
    next.endpoint = {
      ...record.endpoint,
      vpcEndpoints: [{ ...record.endpoint.vpcEndpoints[0]!, networkInterfaces: interfaces }],
    };
  }
  const first = next.endpoint.vpcEndpoints[0]!.networkInterfaces[0]!;
  const reached = context.addresses.reach(first.privateIpAddress, next.port);
  next.endpoint = { ...next.endpoint, address: reached.host, port: reached.port };
  return next;
}
