import type { IdleLimit } from "../network/idle";
import { Listener } from "../wire/listener";
import { type BackendServices, backendOf } from "./backend";
import type { Namespace } from "./namespace";
import type { WarehouseState, WorkgroupState } from "./state";

export interface WorkgroupStatus {
  workgroupName: string;
  namespaceId: string;
  listening: boolean;
  killed: boolean;
  connections: number;
}

/** The workgroups of a warehouse, and the listeners that take connections for them. */
export class Workgroups {
  private readonly listeners = new Map<string, Listener>();

  constructor(
    private readonly state: WarehouseState,
    private readonly services: BackendServices,
    private readonly idle: IdleLimit | undefined,
  ) {}

  /** Makes or changes a workgroup, and takes connections for it unless it is killed. */
  async put(wg: Omit<WorkgroupState, "killed">, namespace: Namespace): Promise<void> {
    const { workgroupName, namespaceId, listen, tls } = wg;
    const known = this.state.workgroups.get(workgroupName);
    // Sessions and the listener look at this object: a change of parameters reaches every new connection.
    const parameters = known?.parameters ?? {};
    for (const name of Object.keys(parameters)) delete parameters[name];
    Object.assign(parameters, wg.parameters);
    const workgroup: WorkgroupState = {
      workgroupName,
      namespaceId,
      listen,
      parameters,
      tls,
      killed: known?.killed ?? false,
    };
    this.state.workgroups.set(workgroupName, workgroup);
    this.state.save();
    if (!workgroup.killed) await this.open(workgroup, namespace);
  }

  async delete(workgroupName: string): Promise<void> {
    await this.shut(workgroupName);
    this.listeners.delete(workgroupName);
    if (this.state.workgroups.delete(workgroupName)) this.state.save();
  }

  /** @throws Error when there is none of this name. */
  require(workgroupName: string): WorkgroupState {
    const workgroup = this.state.workgroups.get(workgroupName);
    if (!workgroup) throw new Error(`workgroup ${workgroupName} does not exist`);
    return workgroup;
  }

  /** Says, so that it lasts, whether a workgroup is to be down. */
  setKilled(workgroup: WorkgroupState, killed: boolean): void {
    workgroup.killed = killed;
    this.state.save();
  }

  /** Takes connections where the workgroup listens, with its certificate. */
  async open(workgroup: WorkgroupState, namespace: Namespace): Promise<void> {
    const { workgroupName, parameters, listen, tls } = workgroup;
    let listener = this.listeners.get(workgroupName);
    if (!listener) {
      listener = new Listener(backendOf(namespace, this.services, workgroupName, parameters), undefined, this.idle);
      this.listeners.set(workgroupName, listener);
    }
    listener.setTls(tls);
    await listener.listen(listen);
  }

  /** Breaks a workgroup's connections and takes no more. */
  async shut(workgroupName: string): Promise<void> {
    await this.listeners.get(workgroupName)?.close();
  }

  async shutAll(): Promise<void> {
    await Promise.all([...this.listeners.values()].map((listener) => listener.close()));
    this.listeners.clear();
  }

  status(): WorkgroupStatus[] {
    return [...this.state.workgroups.values()].map(({ workgroupName, namespaceId, killed }) => ({
      workgroupName,
      namespaceId,
      killed,
      listening: this.listeners.get(workgroupName)?.listening ?? false,
      connections: this.listeners.get(workgroupName)?.connections ?? 0,
    }));
  }
}
