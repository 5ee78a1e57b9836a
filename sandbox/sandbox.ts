import type { Account } from "./aws/account";
import type { Calls } from "./aws/calls";
import type { Faults } from "./aws/faults";
import type { Inventory, WorkgroupSummary } from "./control/status";
import { ApiServer } from "./gateway/server";
import { type ApiServices, spoken } from "./gateway/services";
import { openParts, type Parts, type SandboxOptions } from "./parts";
import { elbv2 } from "./services/elbv2/service";
import type { OpenServices } from "./services/open-services";
import { redshiftServerless } from "./services/redshift-serverless/service";
import type { Service } from "./services/service";
import type { Store } from "./store/store";

/** One local AWS account with everything in it, put together. */
export class Sandbox {
  private api: ApiServer | undefined;

  private constructor(
    private readonly options: SandboxOptions,
    private readonly parts: Parts,
  ) {}

  /** Brings everything up as the folder's records say; what a crash interrupted is finished or undone. */
  static async open(options: SandboxOptions): Promise<Sandbox> {
    const sandbox: Sandbox = new Sandbox(options, await openParts(options, () => sandbox.endpoint()));
    await sandbox.resume();
    return sandbox;
  }

  get account(): Account {
    return this.parts.account;
  }

  get services(): OpenServices {
    return this.parts.services;
  }

  get faults(): Faults {
    return this.services.faults;
  }

  get calls(): Calls {
    return this.services.calls;
  }

  /** What a service keeps and knows. */
  use<M>(service: Service<M>): M {
    return this.services.use(service);
  }

  get caPath(): string {
    return this.parts.certificates.caPath;
  }

  get store(): Store {
    return this.parts.store;
  }

  /** @throws Error before `listen` */
  private endpoint(): string {
    if (!this.api) throw new Error("The account's APIs do not answer yet.");
    return `http://127.0.0.1:${this.api.port}`;
  }

  /** @param port 0 for any free one. @returns the port */
  async listen(port: number): Promise<number> {
    const served = Object.keys(spoken).map((name) => [name, this.services.api(name)]);
    const services: ApiServices = Object.fromEntries(served);
    this.api = await ApiServer.start({ services, port, region: this.account.region, log: this.options.log });
    return this.api.port;
  }

  /** Takes down (`up: false`) or brings back a workgroup by its name, or an availability zone as `zone:<name>`. */
  async setUp(target: string, up: boolean): Promise<void> {
    const { warehouse, account } = this.parts;
    const serverless = this.use(redshiftServerless);
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
      await this.use(elbv2).refresh();
      return;
    }
    serverless.target(name);
    log(`sandbox: workgroup ${name} ${up ? "revived" : "killed"}`);
    if (up) await warehouse.revive(name);
    else await warehouse.kill(name);
  }

  moveEndpoint(endpointName: string): Promise<void> {
    this.options.log(`sandbox: endpoint ${endpointName} gets other addresses`);
    return this.use(redshiftServerless).moveEndpoint(endpointName);
  }

  workgroups(): WorkgroupSummary[] {
    const { warehouse } = this.parts;
    const serverless = this.use(redshiftServerless);
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
    return this.use(elbv2).summaries();
  }

  zones(): string[] {
    return this.parts.account.azs.map(({ name }) => name);
  }

  zonesDown(): string[] {
    return this.zones().filter((name) => this.use(redshiftServerless).isZoneDown(name));
  }

  /** Everything that exists in the account, and the databases behind it. */
  inventory(): Inventory {
    const { store, warehouse } = this.parts;
    return { account: store.ids(), databases: warehouse.status().namespaces.map(({ namespaceId }) => namespaceId) };
  }

  /** Ends everything in good order; the data stays. */
  async close(): Promise<void> {
    const { services, warehouse, addresses, store } = this.parts;
    // Else the calls that hang keep the clients, and so the server.
    this.faults.clear();
    await this.api?.close();
    await services.close();
    await warehouse.close();
    addresses.close();
    store.close();
  }

  private async resume(): Promise<void> {
    const { warehouse, services } = this.parts;
    await warehouse.restartAll();
    const known = new Set(this.use(redshiftServerless).namespaceIds());
    for (const { namespaceId } of warehouse.status().namespaces) {
      if (known.has(namespaceId)) continue;
      this.options.log(`Removing the database of ${namespaceId}, whose creation was interrupted.`);
      await warehouse.deleteNamespace(namespaceId);
    }
    await services.resume();
  }
}
