import { createHash } from "node:crypto";
import type { TlsMaterial } from "../../tls/material";
import type { ServerlessContext } from "./context";

/**
 * Keeps what a workgroup listens on in step with its own interfaces and those of its managed endpoints. Changes of one
 * workgroup follow one another; each brings up whatever the records say when its turn comes.
 */
export class Listeners {
  private readonly turns = new Map<string, Promise<void>>();
  private readonly certificates = new Map<string, { fingerprint: string; material: TlsMaterial }>();

  constructor(private readonly context: ServerlessContext) {}

  apply(workgroupName: string): Promise<void> {
    const before = this.turns.get(workgroupName) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.open(workgroupName));
    this.turns.set(workgroupName, turn);
    return turn;
  }

  async close(workgroupName: string): Promise<void> {
    await this.turns.get(workgroupName)?.catch(() => undefined);
    await this.context.warehouse.closeWorkgroup(workgroupName);
    this.turns.delete(workgroupName);
    this.certificates.delete(workgroupName);
  }

  private async open(workgroupName: string): Promise<void> {
    const { workgroups, namespaces, endpoints, zonesDown, addresses, warehouse } = this.context;
    const workgroup = workgroups.get(workgroupName);
    const namespace = workgroup && namespaces.get(workgroup.namespaceName);
    if (!workgroup || !namespace || workgroup.status === "DELETING") return;
    const interfaces = [
      ...workgroup.endpoint.vpcEndpoints.flatMap((endpoint) => endpoint.networkInterfaces),
      ...endpoints
        .list()
        .filter((endpoint) => endpoint.workgroupName === workgroupName && endpoint.endpointStatus !== "DELETING")
        .flatMap((endpoint) => endpoint.vpcEndpoint.networkInterfaces),
    ];
    const reachable = interfaces.filter(({ availabilityZone }) => !zonesDown.get(availabilityZone));
    const tls = await this.certificate(workgroupName, [
      ...new Set(
        interfaces.flatMap(({ privateIpAddress }) => [
          privateIpAddress,
          addresses.reach(privateIpAddress, workgroup.port).host,
        ]),
      ),
    ]);
    await warehouse.openWorkgroup({
      workgroupName,
      namespaceId: namespace.namespaceId,
      listen: reachable.map(({ privateIpAddress }) => addresses.reach(privateIpAddress, workgroup.port)),
      parameters: Object.fromEntries(
        workgroup.configParameters.map(({ parameterKey, parameterValue }) => [parameterKey, parameterValue]),
      ),
      tls,
    });
  }

  private async certificate(workgroupName: string, addresses: string[]): Promise<TlsMaterial> {
    const fingerprint = createHash("sha256").update(addresses.join()).digest("hex");
    const known = this.certificates.get(workgroupName);
    if (known?.fingerprint === fingerprint) return known.material;
    const material = await this.context.certificates.issue({
      commonName: workgroupName,
      dnsNames: [workgroupName, "localhost"],
      addresses,
    });
    this.certificates.set(workgroupName, { fingerprint, material });
    return material;
  }
}
