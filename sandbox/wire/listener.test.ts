import net from "node:net";
import type { Backend } from "./backend";
import { Listener } from "./listener";
import { startupMessage } from "./messages";
import { Passwords } from "./password";
import { RawClient } from "./testing";

const startup = startupMessage({ user: "u", database: "d" });
let listener: Listener;
let port: number;

/** Nobody comes in: users are unknown, and nobody knows of the one named `nobody`. */
const backend: Backend = {
  name: "backend",
  log: () => {},
  socketPath: "/nowhere",
  parameters: {},
  settings: {},
  passwords: new Passwords(),
  login: (user) => (user === "slow" ? new Promise(() => {}) : Promise.resolve(undefined)),
  enter: () => Promise.reject(new Error("nobody comes so far")),
};

async function open(limits: { handshakeMs: number; unauthenticated: number }): Promise<void> {
  listener = new Listener(backend, limits);
  const probe = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  port = (probe.address() as net.AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
  await listener.listen([{ host: "127.0.0.1", port }]);
}

afterEach(() => listener.close());

describe("a client that does not come to a log-in", () => {
  test.each([
    ["sends nothing", Buffer.alloc(0)],
    ["sends half a packet", startup.subarray(0, 9)],
    ["does not answer for its password", startup],
    ["waits for a warehouse that does not answer", startupMessage({ user: "slow" })],
  ])("is cut off after the deadline when it %s", async (_, bytes) => {
    await open({ handshakeMs: 150, unauthenticated: 10 });
    const client = await RawClient.connect(port);
    client.send(bytes);
    const start = Date.now();
    await client.ending(2_000);
    expect(Date.now() - start).toBeGreaterThan(100);
    expect(listener.connections).toBe(0);
  });

  test("makes room for later ones, the oldest first", async () => {
    await open({ handshakeMs: 60_000, unauthenticated: 3 });
    const clients: RawClient[] = [];
    for (let n = 0; n < 5; n++) clients.push(await RawClient.connect(port));
    await Promise.all(clients.slice(0, 2).map((client) => client.ending()));
    expect(clients.map((client) => client.closed)).toEqual([true, true, false, false, false]);
    clients[4]!.send(startup);
    await clients[4]!.until(() => clients[4]!.received[0] === "R".charCodeAt(0), "a request for the password");
    for (const client of clients) client.close();
  });

  test("is gone soon after it was turned away, even where it keeps its end open", async () => {
    await open({ handshakeMs: 60_000, unauthenticated: 10 });
    const socket = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => {}).resume();
    socket.write(startupMessage({ database: "no user" }));
    await new Promise((resolve) => socket.once("end", resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(listener.connections).toBe(0);
    socket.destroy();
  });
});
