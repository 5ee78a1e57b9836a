import type { Connection } from "./flow";
import { HealthCounter, probe } from "./health-check";
import type { TargetAddress, TargetGroupSettings, TargetHealth } from "./settings";

/** One registered address: its health, and the connections that run to it. */
export class Target {
  readonly flows = new Set<Connection>();
  private readonly counter = new HealthCounter();
  private timer: NodeJS.Timeout | undefined;
  private checking = false;
  private leaving = false;
  private readonly registeredAt = Date.now();

  constructor(
    readonly address: TargetAddress,
    private readonly settings: () => TargetGroupSettings,
    private readonly known: boolean,
    /** Told when its health changes, and when its connections are cut. */
    private readonly tell: (what: string) => void = () => {},
  ) {}

  /** Whether new connections may go here while others are well too. */
  get healthy(): boolean {
    return !this.draining && this.counter.verdict === "healthy";
  }

  get draining(): boolean {
    return this.leaving;
  }

  /** Whether no check has yet said how it is. */
  get isNew(): boolean {
    return !this.known && this.counter.verdict === undefined;
  }

  /** Milliseconds until it is registered. */
  private get registrationLeft(): number {
    return this.known ? 0 : Math.max(0, this.registeredAt + this.settings().registrationMs - Date.now());
  }

  get health(): TargetHealth {
    if (this.draining) {
      return {
        state: "draining",
        reason: "Target.DeregistrationInProgress",
        description: "Target deregistration is in progress",
      };
    }
    if (this.timer === undefined) {
      return {
        state: "unused",
        reason: "Target.NotInUse",
        description: "Target group is not configured to receive traffic from the load balancer",
      };
    }
    if (this.registrationLeft > 0) {
      return {
        state: "initial",
        reason: "Elb.RegistrationInProgress",
        description: "Target registration is in progress",
      };
    }
    if (this.counter.verdict === undefined) {
      return {
        state: "initial",
        reason: "Elb.InitialHealthChecking",
        description: "Initial health checks in progress",
      };
    }
    if (this.counter.verdict === "healthy") return { state: "healthy" };
    return { state: "unhealthy", reason: "Target.FailedHealthChecks", description: "Health checks failed" };
  }

  /** Begins health checks (once), as soon as it is registered. */
  watch(): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => void this.check(), this.registrationLeft);
  }

  unwatch(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** No new connections from now on; `done` runs when it counts as deregistered: after the delay, or later. */
  drain(done: () => void): void {
    const { deregistrationDelayMs, lateDrainingMs } = this.settings();
    this.leaving = true;
    this.tell("draining");
    this.unwatch();
    setTimeout(() => {
      if (this.settings().terminateOnDeregistration) this.resetFlows();
    }, deregistrationDelayMs).unref();
    setTimeout(done, deregistrationDelayMs + lateDrainingMs).unref();
  }

  resetFlows(): void {
    if (this.flows.size > 0)
      this.tell(`${this.flows.size === 1 ? "1 connection" : `${this.flows.size} connections`} cut`);
    for (const flow of [...this.flows]) flow.reset();
  }

  private async check(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    const settings = this.settings();
    const success = await probe(this.address.host, this.address.hostPort, settings.timeoutMs);
    this.checking = false;
    if (this.timer === undefined) return;
    const before = this.counter.verdict ?? "initial";
    const changed = this.counter.record(success, settings);
    if (changed) this.tell(`${before} → ${this.counter.verdict}`);
    if (changed && !success && settings.terminateOnUnhealthy) this.resetFlows();
    this.timer = setTimeout(() => void this.check(), settings.intervalMs);
    this.timer.unref();
  }
}
