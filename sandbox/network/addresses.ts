import { createHash } from "node:crypto";
import { createServer, type Server } from "node:net";
import type { Collection, Store } from "../store/store";

/** Where a socket is bound or reached. */
export interface SocketAddress {
  host: string;
  port: number;
}

interface Claim {
  address: string;
  privateIp: string;
}

interface Reservation extends SocketAddress {
  key: string;
  address: string;
}

/** Nothing else is likely to listen here; it tells other sandboxes on this machine that the slot is taken. */
const guardPort = 5430;
const firstSlot = 2;
const lastSlot = 254;
/** First port given out where the machine has one loopback address only. */
const firstSharedPort = 21_000;

/**
 * Private addresses of the account's network on this machine: 10.a.b.c is reached as 127.S.b.c, where S is a slot that
 * no other sandbox on the machine uses. Where only 127.0.0.1 exists (macOS without aliases) the addresses stay what
 * they are as names, and each `address:port` is reached on a port of its own; `reach` tells where.
 */
export class LoopbackAddresses {
  private readonly claims: Collection<Claim>;
  private readonly ports: Collection<Reservation>;

  private constructor(
    store: Store,
    private readonly slot: number,
    /** False where every address has to be reached through 127.0.0.1. */
    readonly distinct: boolean,
    private readonly guard: Server | undefined,
  ) {
    this.claims = store.collection<Claim>("network/claims");
    this.ports = store.collection<Reservation>("network/ports");
  }

  /**
   * @param seed what the slot is derived from the first time (the sandbox's folder).
   * @throws Error when another running sandbox holds this one's slot.
   */
  static async open(store: Store, seed: string, options: { distinct?: boolean } = {}): Promise<LoopbackAddresses> {
    const slots = store.collection<number>("network/slot");
    const distinct = options.distinct ?? (await canBind(`127.${lastSlot}.255.253`));
    const remembered = slots.get("slot");
    if (!distinct) return new LoopbackAddresses(store, remembered ?? firstSlot, false, undefined);
    const guard = await takeSlot(remembered, seed);
    slots.put("slot", guard.slot);
    return new LoopbackAddresses(store, guard.slot, true, guard.server);
  }

  /** The address under which a private address is known everywhere in the sandbox. Claiming twice gives another one. */
  claim(privateIp: string): string {
    const [, , third = 0, fourth = 1] = privateIp.split(".").map(Number);
    const wanted = third * 256 + fourth;
    for (let step = 0; step < 65_535; step += 1) {
      const host = (wanted + step) % 65_536;
      if (host < 1 || host >= 65_533) continue;
      const address = `127.${this.slot}.${host >> 8}.${host & 255}`;
      if (this.claims.get(address)) continue;
      this.claims.put(address, { address, privateIp });
      return address;
    }
    throw new Error("All loopback addresses of this sandbox are in use.");
  }

  release(address: string): void {
    this.claims.delete(address);
    for (const reservation of this.ports.list()) {
      if (reservation.address === address) this.ports.delete(reservation.key);
    }
  }

  /** Where to bind or dial for `address:port`. @param keepPort asks for the same port on 127.0.0.1, first come first served. */
  reach(address: string, port: number, { keepPort = false } = {}): SocketAddress {
    if (this.distinct) return { host: address, port };
    const key = `${address}:${port}`;
    const known = this.ports.get(key);
    if (known) return { host: known.host, port: known.port };
    const taken = new Set(this.ports.list().map((reservation) => reservation.port));
    let chosen = keepPort && !taken.has(port) ? port : firstSharedPort;
    while (taken.has(chosen)) chosen += 1;
    this.ports.put(key, { key, address, host: "127.0.0.1", port: chosen });
    return { host: "127.0.0.1", port: chosen };
  }

  close(): void {
    this.guard?.close();
  }
}

async function takeSlot(remembered: number | undefined, seed: string): Promise<{ slot: number; server: Server }> {
  if (remembered !== undefined) {
    const server = await listen(`127.${remembered}.255.254`, guardPort);
    if (server) return { slot: remembered, server };
    throw new Error(
      `Addresses 127.${remembered}.0.0/16 belong to this sandbox, but another sandbox is using them now. Stop the other one, or remove this one's data and start it again.`,
    );
  }
  const slots = lastSlot - firstSlot + 1;
  const start = createHash("sha256").update(seed).digest().readUInt16BE(0) % slots;
  for (let step = 0; step < slots; step += 1) {
    const slot = firstSlot + ((start + step) % slots);
    const server = await listen(`127.${slot}.255.254`, guardPort);
    if (server) return { slot, server };
  }
  throw new Error("Every loopback slot of this machine is used by a sandbox.");
}

async function canBind(host: string): Promise<boolean> {
  const server = await listen(host, 0);
  server?.close();
  return server !== undefined;
}

/** A listening server, or undefined where the address cannot be bound or the port is taken. */
function listen(host: string, port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => resolve(undefined));
    server.listen({ host, port }, () => {
      server.unref();
      resolve(server);
    });
  });
}
