import { Calls } from "./api/calls";
import { ec2ReadApi } from "./api/ec2-read";
import { ec2WriteApi } from "./api/ec2-write";
import { Faults } from "./api/faults";
import { kmsReadApi } from "./api/kms-read";
import type { Account } from "./aws/account";
import type { AccountModels } from "./aws/models";
import type { AwsService } from "./aws/service";
import type { Inventory, WorkgroupSummary } from "./control/status";
import { ApiServer } from "./gateway/server";
import type { ApiServices } from "./gateway/services";
import { openParts, type Parts, type SandboxOptions } from "./parts";
import { Sts } from "./services/sts/service";
import type { Store } from "./store/store";

/** The services as others call them: through the faults that tests ask for. */
export interface SandboxServices {
  redshiftServerless: AwsService;
  redshiftData: AwsService;
  secretsManager: AwsService;
  elbv2: AwsService;
  sts: AwsService;
}

/** One local AWS account with everything in it, put together. */
export class Sandbox {
  readonly faults = new Faults();
  readonly calls = new Calls();
  readonly services: SandboxServices;
  private api: ApiServer | undefined;

  private constructor(
    private readonly options: SandboxOptions,
    private readonly parts: Parts,
  ) {
    const { serverless, data, secrets, balancers, account } = parts;
    this.services = {
      redshiftServerless: this.around("redshift-serverless", serverless),
      redshiftData: this.around("redshift-data", data),
      secretsManager: this.around("secretsmanager", secrets),
      elbv2: this.around("elasticloadbalancing", balancers),
      sts: this.around("sts", new Sts(account)),
    };
  }

  private around(name: string, service: AwsService): AwsService {
    return this.calls.counting(name, this.faults.around(name, service));
  }

  /** Brings everything up as the folder's records say; what a crash interrupted is finished or undone. */
  static async open(options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(options, await openParts(options));
    await sandbox.resume();
    return sandbox;
  }

  get account(): Account {
    return this.parts.account;
  }

  get models(): AccountModels {
    return this.parts.models;
  }

  get caPath(): string {
    return this.parts.certificates.caPath;
  }

  get store(): Store {
    return this.parts.store;
  }

  /** @param port 0 for any free one. @returns the port */
  async listen(port: number): Promise<number> {
    const services: ApiServices = {
      "redshift-serverless": this.services.redshiftServerless,
      "redshift-data": this.services.redshiftData,
      secretsmanager: this.services.secretsManager,
      elasticloadbalancing: this.services.elbv2,
      sts: this.services.sts,
      ec2: this.around("ec2", {
        operations: {
          ...ec2ReadApi(this.parts.models.ec2, this.parts.account).operations,
          ...ec2WriteApi(this.parts.models.ec2, this.parts.account).operations,
        },
      }),
      kms: this.around("kms", kmsReadApi(this.parts.models.kms)),
    };
    this.api = await ApiServer.start({ services, port, region: this.account.region, log: this.options.log });
    return this.api.port;
  }

  /** Takes down (`up: false`) or brings back a workgroup by its name, or an availability zone as `zone:<name>`. */
  async setUp(target: string, up: boolean): Promise<void> {
    const { serverless, balancers, warehouse, account } = this.parts;
    const [, kind, name = ""] = /^(?:(workgroup|zone):)?(.+)$/.exec(target) ?? [];
    const { log } = this.options;
    if (kind === "zone") {
      if (!account.azs.some((zone) => zone.name === name)) {
        throw new Error(
          `There is no availability zone ${name}; the Region has ${account.azs.map((zone) => zone.name).join(", ")}.`,
        );
      }
      log(`sandbox: availability zone ${name} ${up ? "is back" : "is down"}`);
      await serverless.setZone(name, up);
      await balancers.refresh();
      return;
    }
    serverless.target(name);
    log(`sandbox: workgroup ${name} ${up ? "revived" : "killed"}`);
    if (up) await warehouse.revive(name);
    else await warehouse.kill(name);
  }

  moveEndpoint(endpointName: string): Promise<void> {
    this.options.log(`sandbox: endpoint ${endpointName} gets other addresses`);
    return this.parts.serverless.moveEndpoint(endpointName);
  }

  workgroups(): WorkgroupSummary[] {
    const { serverless, warehouse } = this.parts;
    const running = new Map(warehouse.status().workgroups.map((workgroup) => [workgroup.workgroupName, workgroup]));
    return serverless.listWorkgroups().map((record) => ({
      name: record.workgroupName,
      namespaceName: record.namespaceName,
      namespaceId: serverless.target(record.workgroupName).namespace.namespaceId,
      status: record.status,
      host: record.endpoint.address,
      port: record.endpoint.port,
      addresses: serverless.addressesOf(record.workgroupName),
      killed: running.get(record.workgroupName)?.killed ?? false,
      connections: running.get(record.workgroupName)?.connections ?? 0,
    }));
  }

  loadBalancers() {
    return this.parts.balancers.summaries();
  }

  zones(): string[] {
    return this.parts.account.azs.map(({ name }) => name);
  }

  zonesDown(): string[] {
    return this.zones().filter((name) => this.parts.serverless.isZoneDown(name));
  }

  /** Everything that exists in the account, and the databases behind it. */
  inventory(): Inventory {
    const { store, warehouse } = this.parts;
    return { account: store.ids(), databases: warehouse.status().namespaces.map(({ namespaceId }) => namespaceId) };
  }

  /** Ends everything in good order; the data stays. */
  async close(): Promise<void> {
    const { balancers, data, serverless, warehouse, addresses, store } = this.parts;
    this.faults.clear();
    await this.api?.close();
    balancers.close();
    await data.close();
    await serverless.close();
    await warehouse.close();
    addresses.close();
    store.close();
  }

  private async resume(): Promise<void> {
    const { warehouse, serverless, data, balancers } = this.parts;
    await warehouse.restartAll();
    const known = new Set(serverless.namespaceIds());
    for (const { namespaceId } of warehouse.status().namespaces) {
      if (known.has(namespaceId)) continue;
      this.options.log(`Removing the database of ${namespaceId}, whose creation was interrupted.`);
      await warehouse.deleteNamespace(namespaceId);
    }
    data.resume();
    await serverless.resume();
    await balancers.resume();
  }
}
