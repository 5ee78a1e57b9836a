import type { TargetAddress, TargetGroupSettings, TargetHealth } from "./settings";
import { Target } from "./target";

/** The running side of a target group: who is in it, how each one is, and who takes the next connection. */
export class TargetGroup {
  private readonly registered = new Map<string, Target>();
  private readonly leaving = new Map<string, Target>();
  private inUse = false;

  constructor(
    public settings: TargetGroupSettings,
    private readonly log: (line: string) => void = () => {},
  ) {}

  /** @param known whether it was registered, and checked, before this process began */
  register(address: TargetAddress, known = false): void {
    const key = keyOf(address);
    if (this.registered.has(key)) return;
    const place = address.zone ? ` in ${address.zone}` : "";
    const tell = (what: string) => this.log(`target ${key}${place}: ${what}`);
    const target = new Target(address, () => this.settings, known, tell);
    if (!known) tell("registered");
    this.leaving.delete(key);
    this.registered.set(key, target);
    if (this.inUse) target.watch();
  }

  /** Takes a target out of the rotation; its connections live on while it drains. False for one that is not there. */
  deregister(address: Pick<TargetAddress, "id" | "port">): boolean {
    const key = keyOf(address);
    const target = this.registered.get(key);
    if (!target) return false;
    this.registered.delete(key);
    if (!this.inUse) return true;
    this.leaving.set(key, target);
    target.drain(() => {
      if (this.leaving.get(key) === target) this.leaving.delete(key);
    });
    return true;
  }

  /** Whether a listener sends connections here: health checks run only then. */
  use(inUse: boolean): void {
    this.inUse = inUse;
    for (const target of this.registered.values()) {
      if (inUse) target.watch();
      else target.unwatch();
    }
  }

  /** Every registered and draining target with its health. */
  health(): { address: TargetAddress; health: TargetHealth }[] {
    return [...this.registered.values(), ...this.leaving.values()].map((target) => ({
      address: target.address,
      health: target.health,
    }));
  }

  /**
   * The target for a new connection: of two healthy ones drawn by lot the one with fewer connections, which spreads
   * short and long connections evenly alike. When none is healthy all that were checked are tried, as the real balancer
   * does; what is still being registered or checked for the first time takes no part.
   * @param zone only targets of this availability zone (a balancer without cross-zone).
   */
  pick(zone?: string, except?: ReadonlySet<Target>): Target | undefined {
    const candidates = [...this.registered.values()].filter(
      (target) => (zone === undefined || target.address.zone === zone) && !except?.has(target),
    );
    const healthy = candidates.filter((target) => target.healthy);
    const pool = healthy.length > 0 ? healthy : candidates.filter((target) => !target.isNew);
    if (pool.length < 2) return pool[0];
    const first = Math.floor(Math.random() * pool.length);
    const second = (first + 1 + Math.floor(Math.random() * (pool.length - 1))) % pool.length;
    const [one, two] = [pool[first]!, pool[second]!];
    return two.flows.size < one.flows.size ? two : one;
  }

  close(): void {
    for (const target of [...this.registered.values(), ...this.leaving.values()]) {
      target.unwatch();
      target.resetFlows();
    }
    this.registered.clear();
    this.leaving.clear();
  }
}

function keyOf(address: Pick<TargetAddress, "id" | "port">): string {
  return `${address.id}:${address.port}`;
}
