import { randomUUID } from "node:crypto";
import type { CreateWorkgroupRequest, UpdateWorkgroupRequest } from "@aws-sdk/client-redshift-serverless";
import { newId } from "../account";
import { AwsError } from "../errors";
import { paginate } from "../paginate";
import { checkBaseAgainstMax, checkBaseCapacity, checkMaxCapacity } from "./capacity";
import { mergeParameters } from "./config-parameters";
import type { ServerlessContext } from "./context";
import { conflict, invalid, notFound, quotaExceeded, underOperation } from "./errors";
import type { Listeners } from "./listeners";
import { checkName, checkPort } from "./names";
import type { Namespaces } from "./namespaces";
import { checkSubnets, holdAddresses, ownerOf, requireRoomToResize } from "./placement";
import type { WorkgroupRecord } from "./records";
import { toTags } from "./tags";

const DEFAULT_BASE_CAPACITY = 128;
const DEFAULT_PORT = 5439;
const LEVELS = [1, 25, 50, 75, 100];

/** Workgroups: the compute of a namespace and its addresses. */
export class Workgroups {
  /** Names whose subnets are being looked up; there is no record yet. */
  private readonly beingCreated = new Set<string>();

  constructor(
    private readonly context: ServerlessContext,
    private readonly namespaces: Namespaces,
    private readonly listeners: Listeners,
  ) {}

  async create(input: CreateWorkgroupRequest): Promise<{ workgroup: object }> {
    const { workgroups, quotas } = this.context;
    const workgroupName = checkName("workgroupName", input.workgroupName);
    if (this.beingCreated.has(workgroupName)) throw conflict(`The workgroup ${workgroupName} already exists.`);
    this.beingCreated.add(workgroupName);
    try {
      const settings = checkSettings(input);
      const namespace = this.namespaces.requireIdle(input.namespaceName);
      if (workgroups.get(workgroupName)) throw conflict(`The workgroup ${workgroupName} already exists.`);
      const holder = workgroups.list().find((other) => other.namespaceName === namespace.namespaceName);
      if (holder) {
        throw conflict(`The namespace ${namespace.namespaceName} already has the workgroup ${holder.workgroupName}.`);
      }
      if (workgroups.list().length >= quotas.workgroups) {
        throw quotaExceeded(`The account may have ${quotas.workgroups} workgroups.`);
      }
      const subnets = await checkSubnets(this.context, input.subnetIds, settings.enhancedVpcRouting);
      const workgroupId = randomUUID();
      const interfaces = holdAddresses(this.context, {
        owner: ownerOf(workgroupId),
        name: workgroupName,
        subnetIds: subnets.map(({ subnetId }) => subnetId),
        securityGroupIds: input.securityGroupIds ?? [],
        capacity: settings.baseCapacity ?? DEFAULT_BASE_CAPACITY,
        enhancedVpcRouting: settings.enhancedVpcRouting,
      });
      const reached = this.context.addresses.reach(interfaces[0]!.privateIpAddress, settings.port);
      const record: WorkgroupRecord = {
        workgroupId,
        workgroupArn: this.context.account.arn("redshift-serverless", `workgroup/${workgroupId}`),
        workgroupName,
        namespaceName: namespace.namespaceName,
        ...settings,
        securityGroupIds: input.securityGroupIds ?? [],
        subnetIds: subnets.map(({ subnetId }) => subnetId),
        ipAddressType: input.ipAddressType ?? "ipv4",
        trackName: input.trackName ?? "current",
        workgroupVersion: "1.0.0",
        patchVersion: "1",
        status: "CREATING",
        creationDate: new Date().toISOString(),
        endpoint: {
          address: reached.host,
          port: reached.port,
          vpcEndpoints: [{ vpcEndpointId: newId("vpce"), vpcId: subnets[0]!.vpcId, networkInterfaces: interfaces }],
        },
        tags: toTags(input.tags),
      };
      workgroups.put(workgroupName, record);
      this.bringUp(record, "workgroup-create");
      return { workgroup: present(record) };
    } finally {
      this.beingCreated.delete(workgroupName);
    }
  }

  get(input: { workgroupName?: string }): { workgroup: object } {
    const record = this.require(input.workgroupName);
    if (record.failure !== undefined && record.status !== "AVAILABLE") {
      throw new AwsError(
        "InternalServerException",
        `The workgroup ${record.workgroupName} did not come up: ${record.failure}`,
        500,
      );
    }
    return { workgroup: present(record) };
  }

  list(input: { nextToken?: string; maxResults?: number }): object {
    const page = paginate(this.context.workgroups.list().map(present), input.nextToken, input.maxResults);
    return { workgroups: page.items, nextToken: page.nextToken };
  }

  async update(input: UpdateWorkgroupRequest): Promise<{ workgroup: object }> {
    const record = this.require(input.workgroupName);
    this.namespaces.requireIdle(record.namespaceName);
    const { workgroupName, ...changes } = input;
    const given = Object.entries(changes).filter(([, value]) => value !== undefined && value !== null);
    if (given.length === 0) throw invalid("Nothing to update was given.");
    if (given.length > 1) {
      throw invalid(
        `Can't update multiple configurations at the same time: ${given.map(([key]) => key).join(", ")} were given.`,
      );
    }
    const next = await this.changed(record, changes);
    next.status = "MODIFYING";
    this.context.workgroups.put(record.workgroupName, next);
    this.bringUp(next, "workgroup-update");
    return { workgroup: present(next) };
  }

  delete(input: { workgroupName?: string }): { workgroup: object } {
    const record = this.require(input.workgroupName);
    // A workgroup that failed to come up must not be undeletable.
    if (record.failure === undefined) this.namespaces.requireIdle(record.namespaceName);
    const endpoint = this.context.endpoints.list().find((other) => other.workgroupName === record.workgroupName);
    if (endpoint) {
      throw conflict(
        `The workgroup ${record.workgroupName} has the managed VPC endpoint ${endpoint.endpointName}. Delete it first.`,
      );
    }
    const next: WorkgroupRecord = { ...record, status: "DELETING", failure: undefined };
    this.context.workgroups.put(record.workgroupName, next);
    this.finishDeletion(next);
    return { workgroup: present(next) };
  }

  /** Opens every workgroup again after a start, and takes up what the end of the last process interrupted. */
  async resume(): Promise<void> {
    const records = this.context.workgroups.list();
    await Promise.all(
      records.map((record) => {
        if (record.status === "DELETING") return this.finishDeletion(record);
        if (record.status === "CREATING") return this.bringUp(record, "workgroup-create");
        return this.listeners.apply(record.workgroupName).then(
          () => this.settle(record.workgroupName),
          (error: Error) => this.context.log(`Opening workgroup ${record.workgroupName} failed: ${error.message}`),
        );
      }),
    );
  }

  /** @throws ResourceNotFoundException */
  require(name: string | undefined): WorkgroupRecord {
    const record = this.context.workgroups.get(name ?? "");
    if (!record) throw notFound(`The workgroup ${name ?? ""} does not exist.`);
    return record;
  }

  /** @throws ConflictException while it is being changed. */
  requireAvailable(name: string | undefined): WorkgroupRecord {
    const record = this.require(name);
    if (record.status !== "AVAILABLE") throw underOperation(record.namespaceName);
    return record;
  }

  private async changed(
    record: WorkgroupRecord,
    input: Omit<UpdateWorkgroupRequest, "workgroupName">,
  ): Promise<WorkgroupRecord> {
    const next: WorkgroupRecord = { ...record };
    const owner = ownerOf(record.workgroupId);
    if (input.baseCapacity !== undefined) {
      next.baseCapacity = checkBaseCapacity(input.baseCapacity);
      checkBaseAgainstMax(next.baseCapacity, record.maxCapacity);
      requireRoomToResize(this.context, record, next.baseCapacity);
    }
    if (input.maxCapacity !== undefined) next.maxCapacity = checkMaxCapacity(input.maxCapacity, record.baseCapacity);
    if (input.pricePerformanceTarget !== undefined) {
      next.pricePerformanceTarget = checkTarget(input.pricePerformanceTarget);
    }
    if (input.configParameters !== undefined) {
      next.configParameters = mergeParameters(record.configParameters, input.configParameters);
    }
    if (input.publiclyAccessible !== undefined) next.publiclyAccessible = input.publiclyAccessible;
    if (input.ipAddressType !== undefined) next.ipAddressType = input.ipAddressType;
    if (input.trackName !== undefined) next.trackName = input.trackName;
    if (input.port !== undefined) next.port = checkPort(input.port);
    if (input.securityGroupIds !== undefined) {
      next.securityGroupIds = input.securityGroupIds;
      this.context.networkInterfaces.setSecurityGroups(owner, input.securityGroupIds);
    }
    if (input.enhancedVpcRouting !== undefined) {
      await checkSubnets(this.context, record.subnetIds, input.enhancedVpcRouting);
      next.enhancedVpcRouting = input.enhancedVpcRouting;
    }
    if (input.subnetIds !== undefined) {
      const subnets = await checkSubnets(this.context, input.subnetIds, record.enhancedVpcRouting);
      next.subnetIds = subnets.map(({ subnetId }) => subnetId);
    }
    const moved = input.subnetIds !== undefined || input.enhancedVpcRouting !== undefined;
    if (moved || input.baseCapacity !== undefined) {
      const interfaces = holdAddresses(this.context, {
        owner,
        name: record.workgroupName,
        subnetIds: next.subnetIds,
        securityGroupIds: next.securityGroupIds,
        capacity: next.baseCapacity ?? DEFAULT_BASE_CAPACITY,
        enhancedVpcRouting: next.enhancedVpcRouting,
      });
      next.endpoint = {
        ...record.endpoint,
        vpcEndpoints: [{ ...record.endpoint.vpcEndpoints[0]!, networkInterfaces: interfaces }],
      };
    }
    const first = next.endpoint.vpcEndpoints[0]!.networkInterfaces[0]!;
    const reached = this.context.addresses.reach(first.privateIpAddress, next.port);
    next.endpoint = { ...next.endpoint, address: reached.host, port: reached.port };
    return next;
  }

  private bringUp(record: WorkgroupRecord, operation: "workgroup-create" | "workgroup-update"): void {
    const { background, latency, workgroups } = this.context;
    background.run(
      `Bringing up workgroup ${record.workgroupName}`,
      latency.delays[operation],
      async () => {
        await this.listeners.apply(record.workgroupName);
        this.settle(record.workgroupName);
      },
      (failure) => workgroups.put(record.workgroupName, { ...this.require(record.workgroupName), failure }),
    );
  }

  private settle(name: string): void {
    const record = this.context.workgroups.get(name);
    if (record && record.status !== "DELETING") {
      this.context.workgroups.put(name, { ...record, status: "AVAILABLE", failure: undefined });
    }
  }

  private finishDeletion(record: WorkgroupRecord): void {
    const { background, latency, networkInterfaces, workgroups, usageLimits, policies } = this.context;
    background.run(`Deleting workgroup ${record.workgroupName}`, latency.delays["workgroup-delete"], async () => {
      await this.listeners.close(record.workgroupName);
      networkInterfaces.release(ownerOf(record.workgroupId));
      for (const limit of usageLimits.list()) {
        if (limit.resourceArn === record.workgroupArn) usageLimits.delete(limit.usageLimitId);
      }
      policies.delete(record.workgroupArn);
      workgroups.delete(record.workgroupName);
    });
  }
}

function checkSettings(input: CreateWorkgroupRequest) {
  const target = checkTarget(input.pricePerformanceTarget);
  if (target.status === "ENABLED" && input.baseCapacity !== undefined) {
    throw invalid("baseCapacity cannot be given together with an enabled pricePerformanceTarget.");
  }
  const baseCapacity =
    target.status === "ENABLED" ? undefined : checkBaseCapacity(input.baseCapacity ?? DEFAULT_BASE_CAPACITY);
  return {
    baseCapacity,
    maxCapacity: input.maxCapacity === undefined ? undefined : checkMaxCapacity(input.maxCapacity, baseCapacity),
    pricePerformanceTarget: target,
    enhancedVpcRouting: input.enhancedVpcRouting ?? false,
    publiclyAccessible: input.publiclyAccessible ?? false,
    configParameters: mergeParameters(undefined, input.configParameters ?? []),
    port: checkPort(input.port ?? DEFAULT_PORT),
  };
}

function checkTarget(
  target: CreateWorkgroupRequest["pricePerformanceTarget"],
): WorkgroupRecord["pricePerformanceTarget"] {
  if (target?.status !== "ENABLED") return { status: "DISABLED" };
  const level = target.level ?? 50;
  if (!LEVELS.includes(level))
    throw invalid(`pricePerformanceTarget.level ${level} must be one of ${LEVELS.join(", ")}.`);
  return { status: "ENABLED", level };
}

function present(record: WorkgroupRecord): object {
  const { tags: _tags, failure: _failure, ...workgroup } = record;
  return workgroup;
}
