import {
  Listener,
  type ListenerArgs,
  LoadBalancer,
  type LoadBalancerArgs,
  TargetGroup,
  type TargetGroupArgs,
} from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { defaultPort, idleTimeoutSeconds, portFault } from "@redshift-fleet/redshift/declarations";
import type { FleetNetwork } from "../network";
import { type Transform, transformed } from "../transform";
import { checkInteger, type Fault, refuse } from "../validation";

/** What can be chosen about the balanced address. */
export interface BalancerSettings {
  /** Port that readers connect to. @default 5439 */
  readonly port?: number;
  /**
   * How long the balancer keeps a connection without a packet, in seconds, 60 to 6000. This alone keeps no connection:
   * the consumers' endpoints behind the balancer forget one after 350 s, which nobody can change, so that clients have
   * to send TCP keepalives more often than that. @default 6000
   */
  readonly idleTimeoutSeconds?: number;
  /** How long connections to a leaving consumer may go on, in seconds, 0 to 3600. @default 30 */
  readonly deregistrationDelaySeconds?: number;
  /** How often each target is probed, in seconds, 5 to 300. @default 30 */
  readonly healthCheckIntervalSeconds?: number;
  /**
   * How long new targets may take until they are healthy, in seconds, 60 to 3600: registration takes minutes. An update
   * that waits longer fails, and those that were there before stay in service. @default 900
   */
  readonly healthyWithinSeconds?: number;
}

/** What a read balancer is made from. */
export interface ReadBalancerArgs extends BalancerSettings {
  /** Start of Name tags: `<project>-<stack>`. */
  readonly namePrefix: string;
  readonly network: Pick<FleetNetwork, "vpcId" | "subnets" | "securityGroups">;
  /** Port of the consumers. @default 5439 */
  readonly targetPort?: number;
  /** Refuse to delete the balancer, as one does in production. @default true */
  readonly deletionProtection?: boolean;
  /** Put on everything that takes tags. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Other arguments or options for what it is made of. */
  readonly transform?: {
    readonly loadBalancer?: Transform<LoadBalancerArgs>;
    readonly targetGroup?: Transform<TargetGroupArgs>;
    readonly listener?: Transform<ListenerArgs>;
  };
}

/** The settings with everything filled in. */
export function completeBalancer(settings: BalancerSettings) {
  return {
    port: settings.port ?? defaultPort,
    idleTimeoutSeconds: settings.idleTimeoutSeconds ?? idleTimeoutSeconds.longest,
    deregistrationDelaySeconds: settings.deregistrationDelaySeconds ?? 30,
    healthCheckIntervalSeconds: settings.healthCheckIntervalSeconds ?? 30,
    healthyWithinSeconds: settings.healthyWithinSeconds ?? 900,
  };
}

/** Every fault of a balancer's settings. */
export function checkBalancer(settings: BalancerSettings): Fault[] {
  const all = completeBalancer(settings);
  return [
    ...portFault("port", all.port),
    ...checkInteger(
      "idleTimeoutSeconds",
      all.idleTimeoutSeconds,
      idleTimeoutSeconds.shortest,
      idleTimeoutSeconds.longest,
      "seconds",
    ),
    ...checkInteger("deregistrationDelaySeconds", all.deregistrationDelaySeconds, 0, 3600, "seconds"),
    ...checkInteger("healthCheckIntervalSeconds", all.healthCheckIntervalSeconds, 5, 300, "seconds"),
    ...checkInteger("healthyWithinSeconds", all.healthyWithinSeconds, 60, 3600, "seconds"),
  ];
}

/**
 * One private address for every reader of a pool: a Network Load Balancer that spreads connections over all consumers
 * in all zones. Consumers enter it by a `Rotation`. About 0.0225 USD an hour plus what flows through it.
 *
 * TCP health checks run no SQL, so they wake no warehouse and cost nothing. TLS goes through to the consumer: the
 * certificate a reader sees is the workgroup's.
 *
 * @example
 * const balancer = new ReadBalancer("balancer", { namePrefix: "sales-prod", network });
 */
export class ReadBalancer extends pulumi.ComponentResource {
  public readonly host: pulumi.Output<string>;
  public readonly port: pulumi.Output<number>;
  public readonly targetGroupArn: pulumi.Output<string>;
  /** In seconds; what leaving consumers are given. */
  public readonly deregistrationDelaySeconds: number;
  /** What arriving consumers are given, in seconds. */
  public readonly healthyWithinSeconds: number;
  /** Port of the targets. */
  public readonly targetPort: number;
  /** What must be there before a target in the group gets connections. */
  public readonly listener: pulumi.Resource;

  /** @throws pulumi.InputPropertiesError with every fault of the arguments, before anything is created. */
  constructor(name: string, args: ReadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:read-balancer:ReadBalancer", name, {}, opts);
    this.targetPort = args.targetPort ?? defaultPort;
    refuse(`ReadBalancer "${name}"`, [...checkBalancer(args), ...portFault("targetPort", this.targetPort)]);
    const settings = completeBalancer(args);
    const tags = { ...args.tags, Name: `${args.namePrefix}-readers` };

    const loadBalancer = new LoadBalancer(
      ...transformed(
        args.transform?.loadBalancer,
        `${name}-nlb`,
        {
          loadBalancerType: "network",
          internal: true,
          ipAddressType: "ipv4",
          subnets: args.network.subnets.map((subnet) => subnet.id),
          // An NLB that was created without a security group can never be given one.
          securityGroups: [args.network.securityGroups.balancer],
          enableCrossZoneLoadBalancing: true,
          enableDeletionProtection: args.deletionProtection ?? true,
          tags,
        },
        { parent: this },
      ),
    );
    const targetGroup = new TargetGroup(
      ...transformed(
        args.transform?.targetGroup,
        `${name}-tg`,
        {
          vpcId: args.network.vpcId,
          targetType: "ip",
          protocol: "TCP",
          port: this.targetPort,
          deregistrationDelay: settings.deregistrationDelaySeconds,
          // What is still open after the delay is reset, so that its client notices, instead of left to hang.
          connectionTermination: true,
          // Targets are addresses of PrivateLink endpoints: with client addresses preserved their traffic is lost.
          preserveClientIp: "false",
          // Stickiness would pin the clients behind one address to one consumer and switch passive health checks off.
          stickiness: { enabled: false, type: "source_ip" },
          healthCheck: {
            enabled: true,
            protocol: "TCP",
            port: "traffic-port",
            interval: settings.healthCheckIntervalSeconds,
            timeout: Math.min(10, settings.healthCheckIntervalSeconds),
            healthyThreshold: 2,
            unhealthyThreshold: 2,
          },
          tags,
        },
        { parent: this },
      ),
    );
    this.listener = new Listener(
      ...transformed(
        args.transform?.listener,
        `${name}-listener`,
        {
          loadBalancerArn: loadBalancer.arn,
          port: settings.port,
          protocol: "TCP",
          tcpIdleTimeoutSeconds: settings.idleTimeoutSeconds,
          defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
          tags,
        },
        { parent: this },
      ),
    );
    this.host = loadBalancer.dnsName;
    this.port = pulumi.output(settings.port);
    this.targetGroupArn = targetGroup.arn;
    this.deregistrationDelaySeconds = settings.deregistrationDelaySeconds;
    this.healthyWithinSeconds = settings.healthyWithinSeconds;
    this.registerOutputs({ host: this.host, port: this.port });
  }
}
