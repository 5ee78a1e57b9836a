import type { CreateEndpointAccessRequest } from "@aws-sdk/client-redshift-serverless";
import { newId } from "../../aws/account";
import { paginate } from "../../aws/paginate";
import type { ServerlessContext } from "./context";
import { conflict, invalid, notFound, quotaExceeded, requireEndpointQuota } from "./errors";
import type { Listeners } from "./listeners";
import { checkEndpointName } from "./names";
import type { EndpointRecord, InterfaceRecord } from "./records";
import type { Workgroups } from "./workgroups";

const ownerOf = (endpointName: string) => `redshift-serverless/endpoint/${endpointName}`;

/** Redshift-managed VPC endpoints: further addresses of a workgroup, one each. */
export class Endpoints {
  constructor(
    private readonly context: ServerlessContext,
    private readonly workgroups: Workgroups,
    private readonly listeners: Listeners,
  ) {}

  async create(input: CreateEndpointAccessRequest) {
    const { endpoints, account, addresses, networkInterfaces } = this.context;
    const { quotas } = account;
    const endpointName = checkEndpointName(input.endpointName);
    if (!input.subnetIds?.length) throw invalid("subnetIds is needed.");
    const subnets = await this.context.subnets(input.subnetIds);
    const workgroup = this.workgroups.requireIdle(input.workgroupName);
    if (endpoints.get(endpointName)) throw conflict(`The endpoint ${endpointName} already exists.`);
    const siblings = endpoints.list().filter((other) => other.workgroupName === workgroup.workgroupName);
    if (siblings.length >= quotas.endpointsPerWorkgroup) {
      throw quotaExceeded(`A workgroup may have ${quotas.endpointsPerWorkgroup} managed VPC endpoints.`);
    }
    requireEndpointQuota(subnets[0]!.vpcId, networkInterfaces.list(), quotas);
    const securityGroups = input.vpcSecurityGroupIds ?? [];
    const networkInterface = this.allocate(endpointName, input.subnetIds, securityGroups);
    const reached = addresses.reach(networkInterface.privateIpAddress, workgroup.port);
    const record: EndpointRecord = {
      endpointName,
      endpointArn: account.arn("redshift-serverless", `managedvpcendpoint/${newId("endpoint").slice(9)}`),
      workgroupName: workgroup.workgroupName,
      endpointStatus: "CREATING",
      endpointCreateTime: new Date().toISOString(),
      address: reached.host,
      port: reached.port,
      subnetIds: input.subnetIds,
      vpcSecurityGroups: securityGroups.map((vpcSecurityGroupId) => ({ vpcSecurityGroupId, status: "active" })),
      vpcEndpoint: { vpcEndpointId: newId("vpce"), vpcId: subnets[0]!.vpcId, networkInterfaces: [networkInterface] },
    };
    endpoints.put(endpointName, record);
    this.bringUp(record);
    return { endpoint: record };
  }

  get(input: { endpointName?: string }) {
    return { endpoint: this.require(input.endpointName) };
  }

  list(input: { workgroupName?: string; vpcId?: string; nextToken?: string; maxResults?: number }) {
    const matching = this.context.endpoints
      .list()
      .filter(
        (record) =>
          (input.workgroupName === undefined || record.workgroupName === input.workgroupName) &&
          (input.vpcId === undefined || record.vpcEndpoint.vpcId === input.vpcId),
      );
    const page = paginate(matching, input.nextToken, input.maxResults);
    return { endpoints: page.items, nextToken: page.nextToken };
  }

  update(input: { endpointName?: string; vpcSecurityGroupIds?: string[] }) {
    const record = this.requireActive(input.endpointName);
    const groups = input.vpcSecurityGroupIds ?? [];
    this.context.networkInterfaces.setSecurityGroups(ownerOf(record.endpointName), groups);
    const next: EndpointRecord = {
      ...record,
      endpointStatus: "MODIFYING",
      vpcSecurityGroups: groups.map((vpcSecurityGroupId) => ({ vpcSecurityGroupId, status: "active" })),
    };
    this.context.endpoints.put(record.endpointName, next);
    this.bringUp(next);
    return { endpoint: next };
  }

  delete(input: { endpointName?: string }) {
    const record = this.requireActive(input.endpointName);
    const next: EndpointRecord = { ...record, endpointStatus: "DELETING" };
    this.context.endpoints.put(record.endpointName, next);
    this.finishDeletion(next);
    return { endpoint: next };
  }

  /** Gives an endpoint another address in its subnet, as AWS does when it replaces an interface. */
  async move(endpointName: string): Promise<void> {
    const { endpoints, networkInterfaces, addresses } = this.context;
    const record = this.requireActive(endpointName);
    const workgroup = this.workgroups.require(record.workgroupName);
    const old = networkInterfaces.list({ owner: ownerOf(endpointName) });
    const groups = record.vpcSecurityGroups.map(({ vpcSecurityGroupId }) => vpcSecurityGroupId);
    const networkInterface = this.allocate(endpointName, record.subnetIds, groups);
    for (const { id } of old) networkInterfaces.remove(id);
    const reached = addresses.reach(networkInterface.privateIpAddress, workgroup.port);
    endpoints.put(endpointName, {
      ...record,
      address: reached.host,
      port: reached.port,
      vpcEndpoint: { ...record.vpcEndpoint, networkInterfaces: [networkInterface] },
    });
    await this.listeners.apply(record.workgroupName);
  }

  /** Takes up what the end of the last process interrupted; runs before the workgroups open. */
  resume(): void {
    for (const record of this.context.endpoints.list()) {
      if (record.endpointStatus === "DELETING") this.finishDeletion(record);
      else if (record.endpointStatus !== "ACTIVE") this.bringUp(record);
    }
  }

  private bringUp(record: EndpointRecord): void {
    const { background, latency, endpoints } = this.context;
    background.run(`Bringing up endpoint ${record.endpointName}`, latency.delays["endpoint-create"], async () => {
      await this.listeners.apply(record.workgroupName);
      const current = endpoints.get(record.endpointName);
      if (current && current.endpointStatus !== "DELETING") {
        endpoints.put(record.endpointName, { ...current, endpointStatus: "ACTIVE" });
      }
    });
  }

  private finishDeletion(record: EndpointRecord): void {
    const { background, latency, endpoints, networkInterfaces } = this.context;
    background.run(`Deleting endpoint ${record.endpointName}`, latency.delays["endpoint-delete"], async () => {
      await this.listeners.apply(record.workgroupName);
      networkInterfaces.release(ownerOf(record.endpointName));
      endpoints.delete(record.endpointName);
    });
  }

  /** The service itself chooses one of the subnets: here the first with a free address. */
  private allocate(endpointName: string, subnetIds: string[], securityGroupIds: string[]): InterfaceRecord {
    const { networkInterfaces } = this.context;
    const subnetId = subnetIds.find((candidate) => networkInterfaces.freeAddresses(candidate) > 0);
    if (subnetId === undefined) {
      throw invalid(`None of the subnets ${subnetIds.join(", ")} has a free IP address for ${endpointName}.`);
    }
    const allocated = networkInterfaces.allocate(
      subnetId,
      ownerOf(endpointName),
      `Redshift-managed VPC endpoint ${endpointName}`,
      securityGroupIds,
    );
    return {
      networkInterfaceId: allocated.id,
      subnetId,
      privateIpAddress: allocated.privateIpAddress,
      availabilityZone: allocated.availabilityZone,
    };
  }

  private require(name: string | undefined): EndpointRecord {
    const record = this.context.endpoints.get(name ?? "");
    if (!record) throw notFound(`The endpoint ${name ?? ""} does not exist.`);
    return record;
  }

  private requireActive(name: string | undefined): EndpointRecord {
    const record = this.require(name);
    this.workgroups.requireIdle(record.workgroupName);
    return record;
  }
}
