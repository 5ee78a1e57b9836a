import type { ReachableAddresses } from "../../aws/context";
import { type ListenAddress, Listener, TargetGroup, type TargetGroupSettings } from "../../balancer";
import type { NetworkTimes } from "../../network/times";
import type { ListenerRecord, LoadBalancerRecord, TargetGroupRecord } from "./records";

/** The sockets behind the records: brings running listeners and target groups in step with them. */
export class BalancerRuntime {
  private readonly groups = new Map<string, TargetGroup>();
  private readonly listeners = new Map<string, Listener>();
  private resumed = false;

  constructor(
    private readonly addresses: ReachableAddresses,
    private readonly times: NetworkTimes,
    private readonly zoneDown: (zone: string) => boolean,
    private readonly log: (line: string) => void,
  ) {}

  applyGroup(record: TargetGroupRecord): TargetGroup {
    const settings = this.settingsOf(record);
    let group = this.groups.get(record.arn);
    if (!group) {
      group = new TargetGroup(settings, (line) => this.log(`balancer: ${line}`));
      this.groups.set(record.arn, group);
    }
    group.settings = settings;
    const wanted = new Set(record.targets.map(({ id, port }) => `${id}:${port}`));
    for (const { address, health } of group.health()) {
      if (health.state !== "draining" && !wanted.has(`${address.id}:${address.port}`)) group.deregister(address);
    }
    for (const { id, port, zone } of record.targets) {
      const reached = this.addresses.reach(id, port);
      group.register({ id, port, zone, host: reached.host, hostPort: reached.port }, !this.resumed);
    }
    return group;
  }

  /** From here on targets are new: those until now were there before this process. */
  endResume(): void {
    this.resumed = true;
  }

  /** @throws Error where an address cannot be bound. */
  async applyListener(
    record: ListenerRecord,
    balancer: LoadBalancerRecord,
    targetGroup: TargetGroupRecord,
  ): Promise<void> {
    const group = this.applyGroup(targetGroup);
    const own = targetGroup.attributes["load_balancing.cross_zone.enabled"];
    const crossZone =
      own === "use_load_balancer_configuration"
        ? balancer.attributes["load_balancing.cross_zone.enabled"] === "true"
        : own === "true";
    const seconds = Number(record.attributes["tcp.idle_timeout.seconds"]);
    const settings = { idle: { seconds, scale: this.times.scale }, group };
    let listener = this.listeners.get(record.arn);
    if (!listener) {
      listener = new Listener(settings, (line) => this.log(`balancer ${balancer.name}: ${line}`));
      this.listeners.set(record.arn, listener);
    }
    listener.settings = settings;
    await listener.listen(this.listenAddresses(record, balancer, crossZone));
  }

  /** Tells each group whether a listener sends it connections. */
  use(arnsInUse: ReadonlySet<string>): void {
    for (const [arn, group] of this.groups) group.use(arnsInUse.has(arn));
  }

  group(arn: string): TargetGroup | undefined {
    return this.groups.get(arn);
  }

  connections(listenerArn: string): number {
    return this.listeners.get(listenerArn)?.connections ?? 0;
  }

  closeListener(arn: string): void {
    this.listeners.get(arn)?.close();
    this.listeners.delete(arn);
  }

  closeGroup(arn: string): void {
    this.groups.get(arn)?.close();
    this.groups.delete(arn);
  }

  close(): void {
    for (const listener of this.listeners.values()) listener.close();
    for (const group of this.groups.values()) group.close();
  }

  /**
   * One address a zone. The first stays even when its zone is lost: it stands for the balancer's DNS name, from which
   * AWS takes the addresses of lost zones.
   */
  private listenAddresses(record: ListenerRecord, balancer: LoadBalancerRecord, crossZone: boolean): ListenAddress[] {
    return balancer.nodes
      .filter(({ zone }, index) => index === 0 || !this.zoneDown(zone))
      .map(({ address, zone }) => ({
        ...this.addresses.reach(address, record.port, { keepPort: true }),
        zone: crossZone ? undefined : zone,
      }));
  }

  private settingsOf({ healthCheck, attributes }: TargetGroupRecord): TargetGroupSettings {
    const milliseconds = (seconds: number) => seconds * 1_000 * this.times.scale;
    const scaled = (seconds: number) => Math.max(20, milliseconds(seconds));
    return {
      intervalMs: scaled(healthCheck.intervalSeconds),
      timeoutMs: scaled(healthCheck.timeoutSeconds),
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
      registrationMs: milliseconds(this.times.registrationSeconds),
      deregistrationDelayMs: milliseconds(Number(attributes["deregistration_delay.timeout_seconds"])),
      lateDrainingMs: milliseconds(this.times.lateDrainingSeconds),
      terminateOnDeregistration: attributes["deregistration_delay.connection_termination.enabled"] === "true",
      terminateOnUnhealthy: attributes["target_health_state.unhealthy.connection_termination.enabled"] === "true",
    };
  }
}
