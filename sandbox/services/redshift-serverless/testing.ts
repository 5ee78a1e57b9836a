import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccount } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import type { JsonObject } from "../../aws/json";
import { latencyProfile } from "../../aws/latency";
import { LoopbackAddresses } from "../../network/addresses";
import { Store } from "../../store/store";
import { CertificateAuthority } from "../../tls/authority";
import { ec2 } from "../ec2/service";
import { SecretCipher } from "../secretsmanager/cipher";
import { SecretsManager } from "../secretsmanager/service";
import type { Service } from "../service";
import { TestServices } from "../testing";
import { defaultParameterRules } from "./context";
import { RedshiftServerless } from "./service";
import type { WarehousePort } from "./warehouse-port";

/** Remembers what it was asked for; nothing runs. */
class RecordingWarehouse implements WarehousePort {
  readonly calls: string[] = [];
  /** Why admins cannot be changed now. */
  refusal: string | undefined;
  readonly listens = new Map<string, string[]>();
  async createNamespace(namespace: { database: string }): Promise<void> {
    this.calls.push(`create ${namespace.database}`);
  }
  async setAdmin(_namespaceId: string, username: string, password: string): Promise<void> {
    if (this.refusal) throw new Error(this.refusal);
    this.calls.push(`admin ${username} ${password}`);
  }
  async deleteNamespace(): Promise<void> {
    this.calls.push("delete");
  }
  async saveSnapshot(_namespaceId: string, snapshotName: string): Promise<void> {
    if (this.refusal) throw new Error(this.refusal);
    this.calls.push(`save ${snapshotName}`);
  }
  async restoreSnapshot(_namespaceId: string, snapshotName: string, holds: { database: string }): Promise<void> {
    if (this.refusal) throw new Error(this.refusal);
    this.calls.push(`restore ${snapshotName} ${holds.database}`);
  }
  async deleteSnapshot(snapshotName: string): Promise<void> {
    this.calls.push(`forget ${snapshotName}`);
  }
  async openWorkgroup(workgroup: { workgroupName: string; listen: { host: string }[] }): Promise<void> {
    if (this.refusal) throw new Error(this.refusal);
    this.listens.set(
      workgroup.workgroupName,
      workgroup.listen.map(({ host }) => host),
    );
  }
  async closeWorkgroup(workgroupName: string): Promise<void> {
    this.listens.delete(workgroupName);
  }
  async issueCredentials(): Promise<void> {}
}

interface Running {
  services: TestServices;
  secrets: SecretsManager;
  service: RedshiftServerless;
}

/** An account of its own for a test: Redshift Serverless with a network and small quotas, over warehouses that do not run. */
export class TestAccount {
  /** May be changed at any time. */
  readonly parameters = { ...defaultParameterRules };
  readonly warehouse = new RecordingWarehouse();
  /** One in each of three zones, with 59 free addresses. */
  readonly subnetIds: string[];
  private running: Running;

  private constructor(
    private readonly dir: string,
    readonly store: Store,
    readonly addresses: LoopbackAddresses,
    private readonly certificates: CertificateAuthority,
  ) {
    this.running = this.build("instant");
    const { vpcId } = this.use(ec2).vpcs.create({ cidrBlock: "10.0.0.0/16" });
    this.subnetIds = ["a", "b", "c"].map((zone, index) => {
      const subnet = { vpcId, cidrBlock: `10.0.${index}.0/26`, availabilityZone: `us-east-1${zone}` };
      return this.use(ec2).subnets.create(subnet).subnetId;
    });
  }

  static async open(): Promise<TestAccount> {
    const dir = fs.mkdtempSync(join(tmpdir(), "serverless-"));
    const store = Store.open(join(dir, "account"));
    const addresses = await LoopbackAddresses.open(store, dir);
    return new TestAccount(dir, store, addresses, await CertificateAuthority.open(join(dir, "tls")));
  }

  get service(): RedshiftServerless {
    return this.running.service;
  }

  /** All services but the one of which this test has its own. */
  get services(): TestServices {
    return this.running.services;
  }

  /** What one of the other services keeps. */
  use<M>(service: Service<M>): M {
    return this.running.services.use(service);
  }

  get secrets(): SecretsManager {
    return this.running.secrets;
  }

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    return this.service.operations[operation]!(input);
  }

  /** A workgroup on a namespace of the same name, ready. */
  async create(name: string, more: JsonObject = {}): Promise<JsonObject> {
    await this.call("CreateNamespace", { namespaceName: name });
    await this.call("CreateWorkgroup", {
      workgroupName: name,
      namespaceName: name,
      subnetIds: this.subnetIds,
      baseCapacity: 32,
      enhancedVpcRouting: true,
      ...more,
    });
    return this.settled(name);
  }

  /** Waits until a workgroup is available. */
  async settled(name: string): Promise<JsonObject> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { workgroup } = (await this.call("GetWorkgroup", { workgroupName: name })) as { workgroup: JsonObject };
      if (workgroup.status === "AVAILABLE") return workgroup;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`${name} did not settle`);
  }

  /** Waits until a managed endpoint can be used. */
  async active(endpointName: string): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { endpoint } = (await this.call("GetEndpointAccess", { endpointName })) as { endpoint: JsonObject };
      if (endpoint.endpointStatus === "ACTIVE") return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`${endpointName} did not become active`);
  }

  /** Waits until an operation no longer finds what it is asked for. */
  async gone(operation: string, input: JsonObject): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      try {
        await this.call(operation, input);
      } catch (error) {
        if (error instanceof AwsError && error.code === "ResourceNotFoundException") return;
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`${operation} still finds it`);
  }

  /** Another process takes the place of this one, on the same records. */
  async restart(profile = "instant"): Promise<void> {
    await this.service.close();
    this.running = this.build(profile);
  }

  async close(): Promise<void> {
    await this.service.close();
    this.addresses.close();
    this.store.close();
    fs.rmSync(this.dir, { recursive: true });
  }

  private build(profile: string): Running {
    const { store, warehouse, certificates, addresses } = this;
    const quotas = { namespaces: 5, workgroups: 3, endpointsPerWorkgroup: 2 };
    const account = createAccount("us-east-1", { quotas });
    const services = TestServices.over({ store, account, addresses }, this.dir);
    const secrets = new SecretsManager(account, store, SecretCipher.open(join(this.dir, "key")));
    const { networkInterfaces, subnets } = services.use(ec2);
    const service = new RedshiftServerless({
      account,
      store,
      warehouse,
      networkInterfaces,
      subnets: async (ids) => ids.map((id) => subnets.get(id)),
      secrets,
      certificates,
      addresses,
      latency: latencyProfile(profile),
      parameters: this.parameters,
      log: () => undefined,
    });
    return { services, secrets, service };
  }
}

/** Every parameter that a program could know before patch 205, with what a workgroup has of it unasked. */
export const parametersBefore205 = {
  auto_mv: "true",
  datestyle: "ISO, MDY",
  enable_case_sensitive_identifier: "false",
  enable_user_activity_logging: "true",
  max_query_execution_time: "14400",
  query_group: "default",
  require_ssl: "true",
  search_path: "$user, public",
  use_fips_ssl: "false",
};
