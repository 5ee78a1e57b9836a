import net from "node:net";
import tls from "node:tls";
import { type IdleLimit, watchIdleness } from "../network/idle";
import { announceListener, withdrawListener } from "../network/sockets";
import type { TlsMaterial } from "../tls/material";
import type { Backend } from "./backend";
import { receive } from "./startup";

export interface ListenerLimits {
  /** Milliseconds for TLS, password and opening of the session together: PostgreSQL's `authentication_timeout`. */
  handshakeMs: number;
  /** Connections that have not logged in yet; one more ends the one that has been trying longest. */
  unauthenticated: number;
}

const defaultLimits: ListenerLimits = { handshakeMs: 60_000, unauthenticated: 1_000 };
const keepAliveDelay = 30_000;
const backlog = 1024;

/** The addresses where a workgroup takes connections. */
export class Listener {
  private readonly servers = new Map<string, net.Server>();
  private readonly sockets = new Set<net.Socket>();
  /** Those that have not logged in, oldest first. */
  private readonly waiting = new Set<net.Socket>();
  private secureContext: tls.SecureContext | undefined;

  constructor(
    private readonly backend: Backend,
    private readonly limits = defaultLimits,
    /** When the endpoints before it forget silent connections. */
    private readonly idle?: IdleLimit,
  ) {}

  get connections(): number {
    return this.sockets.size;
  }

  get listening(): boolean {
    return this.servers.size > 0;
  }

  setTls({ key, cert }: TlsMaterial): void {
    this.secureContext = tls.createSecureContext({ key, cert, minVersion: "TLSv1.2" });
  }

  /** Listens at exactly these addresses: opens what is new, closes what is gone, keeps the rest as it is. */
  async listen(addresses: { host: string; port: number }[]): Promise<void> {
    const wanted = new Map(addresses.map((address) => [`${address.host}:${address.port}`, address]));
    for (const [name, server] of this.servers) {
      if (wanted.has(name)) continue;
      this.servers.delete(name);
      this.shut(server);
    }
    for (const [name, { host, port }] of wanted) {
      if (!this.servers.has(name)) this.servers.set(name, await this.open(host, port));
    }
  }

  /** Stops listening and breaks all connections, as a warehouse that dies does. */
  async close(): Promise<void> {
    const servers = [...this.servers.values()];
    this.servers.clear();
    const closed = servers.map((server) => this.shut(server));
    const cut = this.sockets.size;
    if (cut > 0) this.backend.log(`${this.backend.name}: ${cut === 1 ? "1 connection" : `${cut} connections`} cut`);
    for (const socket of this.sockets) socket.resetAndDestroy();
    await Promise.all(closed);
  }

  private take(socket: net.Socket): void {
    socket.setNoDelay(true).setKeepAlive(true, keepAliveDelay);
    const { idle, backend } = this;
    if (idle && idle.seconds > 0) {
      watchIdleness(socket, idle, () => {
        backend.log(`${backend.name}: connection cut: silent for ${idle.seconds} s`);
        socket.resetAndDestroy();
      });
    }
    this.sockets.add(socket);
    this.waiting.add(socket);
    if (this.waiting.size > this.limits.unauthenticated) this.giveUpOldest();
    const deadline = setTimeout(() => {
      backend.log(`${backend.name}: connection cut: no log-in within ${this.limits.handshakeMs / 1_000} s`);
      socket.destroy();
    }, this.limits.handshakeMs);
    const arrived = () => {
      clearTimeout(deadline);
      this.waiting.delete(socket);
    };
    socket.on("close", () => {
      arrived();
      this.sockets.delete(socket);
    });
    // Whoever is turned away stays among those that wait until its connection has ended.
    void receive(socket, this.backend, this.secureContext).then((coupled) => coupled && arrived());
  }

  private giveUpOldest(): void {
    for (const oldest of this.waiting) {
      this.waiting.delete(oldest);
      oldest.destroy();
      return;
    }
  }

  /** Takes no more connections; resolves when the last one has gone. */
  private shut(server: net.Server): Promise<void> {
    const address = server.address();
    if (typeof address === "object" && address) withdrawListener(address.address, address.port);
    return new Promise((done) => server.close(() => done()));
  }

  private open(host: string, port: number): Promise<net.Server> {
    const server = net.createServer((socket) => this.take(socket));
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port, backlog }, () => {
        server.off("error", reject);
        announceListener(host, port, (socket) => this.take(socket));
        resolve(server);
      });
    });
  }
}
