import { randomUUID } from "node:crypto";
import type { CreateWorkgroupRequest, UpdateWorkgroupRequest } from "@aws-sdk/client-redshift-serverless";
import { newId } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import { paginate } from "../../aws/paginate";
import { shownParameters } from "./config-parameters";
import type { ServerlessContext } from "./context";
import { conflict, invalid, notFound, quotaExceeded, requireEndpointQuota, underOperation } from "./errors";
import type { Listeners } from "./listeners";
import { checkName } from "./names";
import type { Namespaces } from "./namespaces";
import { checkSubnets, holdAddresses, ownerOf } from "./placement";
import type { WorkgroupRecord } from "./records";
import { toTags } from "./tags";
import { changed } from "./workgroup-changes";
import { checkSettings, defaultBaseCapacity } from "./workgroup-settings";

/** Workgroups: the compute of a namespace and its addresses. */
export class Workgroups {
  /** Names whose subnets are being looked up; there is no record yet. */
  private readonly beingCreated = new Set<string>();

  constructor(
    private readonly context: ServerlessContext,
    private readonly namespaces: Namespaces,
    private readonly listeners: Listeners,
  ) {}

  async create(input: CreateWorkgroupRequest) {
    const { workgroups, account, networkInterfaces } = this.context;
    const { quotas } = account;
    const workgroupName = checkName("workgroupName", input.workgroupName);
    if (this.beingCreated.has(workgroupName)) throw conflict(`The workgroup ${workgroupName} already exists.`);
    this.beingCreated.add(workgroupName);
    try {
      const settings = checkSettings(input, this.context.parameters);
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
      if (quotas.workgroupsCountAsEndpoints) requireEndpointQuota(subnets[0]!.vpcId, networkInterfaces.list(), quotas);
      const workgroupId = randomUUID();
      const interfaces = holdAddresses(this.context, {
        owner: ownerOf(workgroupId),
        name: workgroupName,
        subnetIds: subnets.map(({ subnetId }) => subnetId),
        securityGroupIds: input.securityGroupIds ?? [],
        capacity: settings.baseCapacity ?? defaultBaseCapacity,
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
      return { workgroup: this.present(record) };
    } finally {
      this.beingCreated.delete(workgroupName);
    }
  }

  get(input: { workgroupName?: string }) {
    const record = this.require(input.workgroupName);
    if (record.failure !== undefined && record.status !== "AVAILABLE") {
      throw new AwsError(
        "InternalServerException",
        `The workgroup ${record.workgroupName} did not come up: ${record.failure}`,
        500,
      );
    }
    return { workgroup: this.present(record) };
  }

  list(input: { nextToken?: string; maxResults?: number }) {
    const page = paginate(
      this.context.workgroups.list().map((record) => this.present(record)),
      input.nextToken,
      input.maxResults,
    );
    return { workgroups: page.items, nextToken: page.nextToken };
  }

  async update(input: UpdateWorkgroupRequest) {
    const record = this.require(input.workgroupName);
    this.namespaces.requireIdle(record.namespaceName);
    const { workgroupName, ...changes } = input;
    const given = Object.entries(changes).filter(([, value]) => value !== undefined && value !== null);
    if (given.length === 0) throw invalid("Nothing to update was given.");
    if (given.length > 1) {
      throw invalid(
        `Can't update multiple configurations at the same time for workgroup ${record.workgroupName}: ${given.map(([key]) => key).join(", ")} were given.`,
      );
    }
    const next = await changed(this.context, record, changes);
    next.status = "MODIFYING";
    this.context.workgroups.put(record.workgroupName, next);
    this.bringUp(next, "workgroup-update");
    return { workgroup: this.present(next) };
  }

  delete(input: { workgroupName?: string }) {
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
    return { workgroup: this.present(next) };
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
          (error: Error) => {
            this.context.log(`Opening workgroup ${record.workgroupName} failed: ${error.message}`);
            const failed = { ...this.require(record.workgroupName), failure: error.message };
            this.context.workgroups.put(record.workgroupName, { ...failed, status: "MODIFYING" });
          },
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

  /**
   * The model of the API names ConflictException for every operation on a workgroup, its endpoints and its usage limits.
   * @throws ConflictException while something happens to it, to its namespace or to one of its endpoints
   */
  requireIdle(name: string | undefined): WorkgroupRecord {
    const record = this.require(name);
    this.namespaces.requireIdle(record.namespaceName);
    return record;
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

  private present(record: WorkgroupRecord) {
    const { tags: _tags, failure: _failure, configParameters, ...workgroup } = record;
    return { ...workgroup, configParameters: shownParameters(configParameters, this.context.parameters) };
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
