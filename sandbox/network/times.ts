/** How long the network between clients and warehouses takes over things, in AWS's seconds. */
export interface NetworkTimes {
  /** What each of these, and every second of a balancer's own settings, is multiplied by here. */
  readonly scale: number;
  /**
   * From the registration of a target until its health checks begin. AWS: "can take a few minutes".
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
   */
  readonly registrationSeconds: number;
  /** How much longer than the deregistration delay a target stays `draining`. AWS promises no end. */
  readonly lateDrainingSeconds: number;
  /**
   * Silence after which a VPC endpoint forgets a connection; 0: never. AWS: 350, fixed.
   * https://aws.amazon.com/blogs/networking-and-content-delivery/implementing-long-running-tcp-connections-within-vpc-networking/
   */
  readonly endpointIdleSeconds: number;
}

/** A thirtieth turns the usual 30 s between two health checks into one. */
export const defaultTimes: NetworkTimes = {
  scale: 1 / 30,
  registrationSeconds: 60,
  lateDrainingSeconds: 0,
  endpointIdleSeconds: 350,
};

const variables: Readonly<Record<Exclude<keyof NetworkTimes, "scale">, string>> = {
  registrationSeconds: "REDSHIFT_FLEET_SANDBOX_REGISTRATION_SECONDS",
  lateDrainingSeconds: "REDSHIFT_FLEET_SANDBOX_LATE_DRAINING_SECONDS",
  endpointIdleSeconds: "REDSHIFT_FLEET_SANDBOX_ENDPOINT_IDLE_SECONDS",
};

/** The times that the environment sets. @throws Error naming the variable that holds no number of seconds */
export function timesFromEnvironment(environment: Readonly<Record<string, string | undefined>>): Partial<NetworkTimes> {
  const set = Object.entries(variables).flatMap(([key, variable]) => {
    const text = environment[variable];
    if (text === undefined || text === "") return [];
    const seconds = Number(text);
    if (!(seconds >= 0 && seconds <= 86_400)) {
      throw new Error(`${variable} must be a number of seconds from 0 to 86400, but got ${JSON.stringify(text)}.`);
    }
    return [[key, seconds] as const];
  });
  return Object.fromEntries(set);
}
