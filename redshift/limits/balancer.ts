/**
 * How long a listener of a Network Load Balancer keeps a connection without a packet, in seconds.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
 */
export const idleTimeoutSeconds = { shortest: 60, longest: 6000, default: 350 } as const;
