import type { IdleLimit } from "../network/idle";
import { Front } from "../wire/listener";
import { type HouseServices, houseOf } from "./house";
import type { Namespace } from "./namespace";
import type { WarehouseState, WorkgroupState } from "./state";

export interface WorkgroupStatus {
  workgroupName: string;
  namespaceId: string;
  listening: boolean;
  killed: boolean;
  connections: number;
}

/** The workgroups of a warehouse, and the fronts that take connections for them. */
export class Workgroups {
  private readonly fronts = new Map<string, Front>();

  constructor(
    private readonly state: WarehouseState,
    private readonly services: HouseServices,
    private readonly idle: IdleLimit | undefined,
  ) {}

  /** Makes or changes a workgroup, and takes connections for it unless it is killed. */
  async put(wg: Omit<WorkgroupState, "killed">, namespace: Namespace): Promise<void> {
    const { workgroupName, namespaceId, listen, tls } = wg;
    const known = this.state.workgroups.get(workgroupName);
    // Sessions and the front look at this object: a change of parameters reaches every new connection.
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
    this.fronts.delete(workgroupName);
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
    let front = this.fronts.get(workgroupName);
    if (!front) {
      front = new Front(houseOf(namespace, this.services, workgroupName, parameters), undefined, this.idle);
      this.fronts.set(workgroupName, front);
    }
    front.setTls(tls);
    await front.listen(listen);
  }

  /** Breaks a workgroup's connections and takes no more. */
  async shut(workgroupName: string): Promise<void> {
    await this.fronts.get(workgroupName)?.close();
  }

  async shutAll(): Promise<void> {
    await Promise.all([...this.fronts.values()].map((front) => front.close()));
    this.fronts.clear();
  }

  status(): WorkgroupStatus[] {
    return [...this.state.workgroups.values()].map(({ workgroupName, namespaceId, killed }) => ({
      workgroupName,
      namespaceId,
      killed,
      listening: this.fronts.get(workgroupName)?.listening ?? false,
      connections: this.fronts.get(workgroupName)?.connections ?? 0,
    }));
  }
}
