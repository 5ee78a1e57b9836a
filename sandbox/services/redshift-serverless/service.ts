import type { Assumptions } from "../../assumptions";
import { operationsOf } from "../../aws/handlers";
import type { AwsService, Operations } from "../../aws/service";
import { ec2 } from "../ec2/service";
import { secretsManager } from "../secretsmanager/service";
import { defineService } from "../service";
import { Background } from "./background";
import type { ParameterRules } from "./config-parameters";
import type { ServerlessContext, ServerlessDependencies } from "./context";
import { Credentials } from "./credentials";
import { endpointAccess } from "./endpoint-access";
import { Endpoints } from "./endpoints";
import { functions } from "./functions";
import { Listeners } from "./listeners";
import { namespace } from "./namespace";
import { Namespaces } from "./namespaces";
import type { NamespaceRecord, WorkgroupRecord } from "./records";
import { ResourcePolicies } from "./resource-policies";
import { resourcePolicy } from "./resource-policy";
import { Snapshots } from "./snapshots";
import { ResourceTags } from "./tags";
import { usageLimit } from "./usage-limit";
import { UsageLimits } from "./usage-limits";
import { workgroup } from "./workgroup";
import { Workgroups } from "./workgroups";

/** Redshift Serverless: namespaces, workgroups and what belongs to them, over whatever runs the databases. */
export class RedshiftServerless implements AwsService {
  readonly operations: Operations;
  private readonly context: ServerlessContext;
  private readonly namespaces: Namespaces;
  private readonly workgroups: Workgroups;
  private readonly endpoints: Endpoints;
  private readonly listeners: Listeners;
  private readonly snapshots: Snapshots;

  constructor(dependencies: ServerlessDependencies) {
    const { store } = dependencies;
    this.context = {
      ...dependencies,
      background: new Background(dependencies.log),
      namespaces: store.collection("redshift-serverless/namespaces"),
      workgroups: store.collection("redshift-serverless/workgroups"),
      endpoints: store.collection("redshift-serverless/endpoints"),
      usageLimits: store.collection("redshift-serverless/usage-limits"),
      policies: store.collection("redshift-serverless/policies"),
      snapshots: store.collection("redshift-serverless/snapshots"),
      zonesDown: store.collection("redshift-serverless/zones-down"),
    };
    this.listeners = new Listeners(this.context);
    this.namespaces = new Namespaces(this.context);
    this.workgroups = new Workgroups(this.context, this.namespaces, this.listeners);
    this.endpoints = new Endpoints(this.context, this.workgroups, this.listeners);
    this.snapshots = new Snapshots(this.context, this.namespaces, this.workgroups);
    this.operations = this.table();
  }

  /** Brings up after a start what the records say, and finishes what was interrupted. */
  async resume(): Promise<void> {
    this.namespaces.resume();
    this.endpoints.resume();
    await this.workgroups.resume();
    // After the workgroups, which a restore shuts and opens.
    await this.snapshots.resume();
  }

  /** The namespace behind a workgroup, for services that send SQL to it. @throws ResourceNotFoundException */
  target(workgroupName: string): { workgroup: WorkgroupRecord; namespace: NamespaceRecord } {
    const workgroup = this.workgroups.require(workgroupName);
    return { workgroup, namespace: this.namespaces.require(workgroup.namespaceName) };
  }

  /** Ids of namespaces that exist but are not known everywhere yet. */
  invisibleNamespaces(): string[] {
    const now = new Date().toISOString();
    return this.context.namespaces
      .list()
      .filter(({ visibleAt }) => visibleAt > now)
      .map(({ namespaceId }) => namespaceId);
  }

  namespaceIds(): string[] {
    return this.context.namespaces.list().map(({ namespaceId }) => namespaceId);
  }

  listWorkgroups(): WorkgroupRecord[] {
    return this.context.workgroups.list();
  }

  /** Addresses that a workgroup listens on: its own and those of its managed endpoints. */
  addressesOf(workgroupName: string): string[] {
    const own = this.workgroups.require(workgroupName).endpoint.vpcEndpoints;
    const managed = this.context.endpoints.list().filter((endpoint) => endpoint.workgroupName === workgroupName);
    return [...own, ...managed.map(({ vpcEndpoint }) => vpcEndpoint)].flatMap(({ networkInterfaces }) =>
      networkInterfaces.map(({ privateIpAddress }) => privateIpAddress),
    );
  }

  /** Takes an availability zone away, or gives it back: addresses in it stop or start answering. */
  async setZone(zone: string, up: boolean): Promise<void> {
    if (up) this.context.zonesDown.delete(zone);
    else this.context.zonesDown.put(zone, true);
    await Promise.all(this.context.workgroups.list().map(({ workgroupName }) => this.listeners.apply(workgroupName)));
  }

  isZoneDown(zone: string): boolean {
    return this.context.zonesDown.get(zone) === true;
  }

  /** Replaces the interface of a managed endpoint. */
  moveEndpoint(endpointName: string): Promise<void> {
    return this.endpoints.move(endpointName);
  }

  close(): Promise<void> {
    return this.context.background.close();
  }

  private table(): Operations {
    const { namespaces, workgroups, endpoints, snapshots } = this;
    const usageLimits = new UsageLimits(this.context, workgroups);
    const policies = new ResourcePolicies(this.context);
    const tags = new ResourceTags(this.context);
    const credentials = new Credentials(this.context, workgroups);
    return operationsOf<typeof import("@aws-sdk/client-redshift-serverless")>({
      CreateNamespace: namespaces.create.bind(namespaces),
      GetNamespace: namespaces.get.bind(namespaces),
      ListNamespaces: namespaces.list.bind(namespaces),
      UpdateNamespace: namespaces.update.bind(namespaces),
      DeleteNamespace: namespaces.delete.bind(namespaces),
      CreateWorkgroup: workgroups.create.bind(workgroups),
      GetWorkgroup: workgroups.get.bind(workgroups),
      ListWorkgroups: workgroups.list.bind(workgroups),
      UpdateWorkgroup: workgroups.update.bind(workgroups),
      DeleteWorkgroup: workgroups.delete.bind(workgroups),
      CreateEndpointAccess: endpoints.create.bind(endpoints),
      GetEndpointAccess: endpoints.get.bind(endpoints),
      ListEndpointAccess: endpoints.list.bind(endpoints),
      UpdateEndpointAccess: endpoints.update.bind(endpoints),
      DeleteEndpointAccess: endpoints.delete.bind(endpoints),
      CreateSnapshot: snapshots.create.bind(snapshots),
      GetSnapshot: snapshots.get.bind(snapshots),
      ListSnapshots: snapshots.list.bind(snapshots),
      DeleteSnapshot: snapshots.delete.bind(snapshots),
      RestoreFromSnapshot: snapshots.restore.bind(snapshots),
      CreateUsageLimit: usageLimits.create.bind(usageLimits),
      GetUsageLimit: usageLimits.get.bind(usageLimits),
      ListUsageLimits: usageLimits.list.bind(usageLimits),
      UpdateUsageLimit: usageLimits.update.bind(usageLimits),
      DeleteUsageLimit: usageLimits.delete.bind(usageLimits),
      PutResourcePolicy: policies.put.bind(policies),
      GetResourcePolicy: policies.get.bind(policies),
      DeleteResourcePolicy: policies.delete.bind(policies),
      TagResource: tags.tag.bind(tags),
      UntagResource: tags.untag.bind(tags),
      ListTagsForResource: tags.list.bind(tags),
      GetCredentials: credentials.issue.bind(credentials),
    });
  }
}

export const redshiftServerless = defineService({
  name: "redshift-serverless",
  api: {
    form: "json",
    target: "RedshiftServerless",
    async client(config) {
      const sdk = await import("@aws-sdk/client-redshift-serverless");
      return [sdk, new sdk.RedshiftServerlessClient(config).config];
    },
    constraints: () => import("./constraints.json"),
  },
  open: (context) => {
    const { subnets, networkInterfaces } = context.use(ec2);
    return new RedshiftServerless({
      ...context,
      networkInterfaces,
      subnets: async (ids) => ids.map((id) => subnets.get(id)),
      secrets: context.use(secretsManager),
      parameters: parameterRules(context.assumptions),
    });
  },
  operations: ({ operations }) => operations,
  resume: (service) => service.resume(),
  close: (service) => service.close(),
  resources: [namespace, workgroup, endpointAccess, usageLimit, resourcePolicy],
  functions,
});

function parameterRules(assumptions: Assumptions): ParameterRules {
  return { patch: Number(assumptions["workgroup-patch"]), otherForm: assumptions["queues-and-limits"] };
}
