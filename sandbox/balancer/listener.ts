import { connect, createServer, type Server, type Socket } from "node:net";
import type { IdleLimit } from "../network/idle";
import { listenerAt } from "../network/sockets";
import { type Connection, Flow } from "./flow";
import { HandedOver } from "./handed-over";
import type { Target } from "./target";
import type { TargetGroup } from "./target-group";

/** One address that the balancer listens on. */
export interface ListenAddress {
  host: string;
  port: number;
  /** Set where only targets of the node's own zone may be used. */
  zone?: string;
}

export interface ListenerSettings {
  idle: IdleLimit;
  group: TargetGroup | undefined;
}

/** A target that does not answer a SYN in this time counts as unreachable for the connection at hand. */
const connectTimeoutMs = 10_000;

/** A TCP listener of a balancer on all its addresses. */
export class Listener {
  private readonly servers = new Map<string, Server>();
  private readonly flows = new Set<Connection>();

  constructor(
    public settings: ListenerSettings,
    private readonly log: (line: string) => void = () => {},
  ) {}

  /** Brings the bound addresses to exactly these. @throws Error with `code: "EADDRINUSE"` where one is taken. */
  async listen(addresses: readonly ListenAddress[]): Promise<void> {
    const wanted = new Map(addresses.map((address) => [JSON.stringify(address), address]));
    for (const [key, server] of this.servers) {
      if (wanted.has(key)) continue;
      this.servers.delete(key);
      server.close();
    }
    for (const [key, address] of wanted) {
      if (!this.servers.has(key)) this.servers.set(key, await this.open(address));
    }
  }

  get connections(): number {
    return this.flows.size;
  }

  close(): void {
    for (const server of this.servers.values()) server.close();
    this.servers.clear();
    for (const flow of [...this.flows]) flow.reset();
  }

  private open(address: ListenAddress): Promise<Server> {
    return new Promise((resolve, reject) => {
      const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) =>
        this.accept(client, address.zone),
      );
      server.once("error", reject);
      server.listen({ host: address.host, port: address.port, backlog: 1024 }, () => resolve(server));
    });
  }

  private handOver(client: Socket, target: Target, listener: (socket: Socket) => void): void {
    const flow: Connection = new HandedOver(
      client,
      this.settings.idle,
      () => {
        this.flows.delete(flow);
        target.flows.delete(flow);
      },
      () => this.tellIdle(target),
    );
    this.flows.add(flow);
    target.flows.add(flow);
    // From here on it is a socket as the server itself accepts them.
    client.allowHalfOpen = false;
    listener(client);
  }

  private tellIdle(target: Target): void {
    this.log(`connection to target ${nameOf(target)} cut: silent for ${this.settings.idle.seconds} s`);
  }

  private accept(client: Socket, zone: string | undefined): void {
    const { group, idle } = this.settings;
    const target = group?.pick(zone);
    if (!target) {
      this.log("connection refused: there is no target to send it to");
      client.resetAndDestroy();
      return;
    }
    const listener = listenerAt(target.address.host, target.address.hostPort);
    if (listener) {
      this.handOver(client, target, listener);
      return;
    }
    const upstream = connect({
      host: target.address.host,
      port: target.address.hostPort,
      allowHalfOpen: true,
      noDelay: true,
    });
    const flow: Flow = new Flow(
      client,
      upstream,
      idle,
      () => {
        this.flows.delete(flow);
        target.flows.delete(flow);
      },
      () => this.tellIdle(target),
    );
    // Counted from here on, so that connections arriving together do not all choose the same target.
    this.flows.add(flow);
    target.flows.add(flow);
    // Either end may give up while the target is dialled. A refusal is passed on, not tried elsewhere: so does the real one.
    const timer = setTimeout(() => flow.reset(), connectTimeoutMs);
    const giveUp = () => {
      clearTimeout(timer);
      flow.reset();
    };
    client.once("error", giveUp);
    client.once("close", giveUp);
    upstream.once("error", (error: NodeJS.ErrnoException) => {
      this.log(`connection refused: target ${nameOf(target)} does not take it (${error.code ?? error.message})`);
      giveUp();
    });
    upstream.once("connect", () => {
      clearTimeout(timer);
      client.removeListener("close", giveUp);
      flow.start();
      client.resume();
    });
  }
}

const nameOf = ({ address }: Target) => `${address.id}:${address.port}`;
