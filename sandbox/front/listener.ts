import net from "node:net";
import tls from "node:tls";
import { closeDoor, openDoor } from "../network/doors";
import type { TlsMaterial } from "../tls/material";
import { type House, receive } from "./door";

const keepAliveDelay = 30_000;
const backlog = 1024;

/** The addresses where a workgroup takes connections. */
export class Front {
  private readonly servers = new Map<string, net.Server>();
  private readonly sockets = new Set<net.Socket>();
  private secureContext: tls.SecureContext | undefined;

  constructor(private readonly house: House) {}

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
    for (const socket of this.sockets) socket.resetAndDestroy();
    await Promise.all(closed);
  }

  private take(socket: net.Socket): void {
    socket.setNoDelay(true).setKeepAlive(true, keepAliveDelay);
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    void receive(socket, this.house, this.secureContext);
  }

  /** Takes no more connections; resolves when the last one has gone. */
  private shut(server: net.Server): Promise<void> {
    const address = server.address();
    if (typeof address === "object" && address) closeDoor(address.address, address.port);
    return new Promise((done) => server.close(() => done()));
  }

  private open(host: string, port: number): Promise<net.Server> {
    const server = net.createServer((socket) => this.take(socket));
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port, backlog }, () => {
        server.off("error", reject);
        openDoor(host, port, (socket) => this.take(socket));
        resolve(server);
      });
    });
  }
}
