import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { announceListener, withdrawListener } from "../network/sockets";
import { Listener } from "./listener";
import { TargetGroup } from "./target-group";

const target = { id: "10.0.0.1", port: 5439, host: "127.0.0.1", hostPort: 1 };
let group: TargetGroup;
let listener: Listener;
let received: Socket[];

/** @param seconds the idle timeout in AWS's seconds, of which a thousand are one here */
async function open(seconds: number): Promise<Socket> {
  group = new TargetGroup({
    ...{ intervalMs: 10_000, timeoutMs: 100, healthyThreshold: 2, unhealthyThreshold: 2 },
    ...{
      registrationMs: 0,
      deregistrationDelayMs: 20,
      lateDrainingMs: 0,
      terminateOnDeregistration: true,
      terminateOnUnhealthy: true,
    },
  });
  group.register(target, true);
  group.use(true);
  listener = new Listener({ idle: { seconds, scale: 1 / 1_000 }, group });
  const port = await freePort();
  await listener.listen([{ host: "127.0.0.1", port }]);
  const client = connect(port, "127.0.0.1");
  client.on("error", () => undefined);
  await once(client, "connect");
  return client;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** How a connection ended, as its client sees it. */
async function ending(client: Socket): Promise<string> {
  const outcome = new Promise<string>((resolve) => {
    client.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
    client.once("end", () => resolve("end"));
  });
  client.resume();
  return outcome;
}

beforeEach(() => {
  received = [];
  announceListener(target.host, target.hostPort, (socket) => {
    received.push(socket);
    socket.on("data", (data) => socket.write(data)).on("error", () => undefined);
    socket.resume();
  });
});
afterEach(() => {
  withdrawListener(target.host, target.hostPort);
  listener.close();
  group.close();
});

test("a server of this process gets the client's own socket, and bytes come back", async () => {
  const client = await open(60_000);
  client.write("hello");
  expect(String((await once(client, "data"))[0])).toBe("hello");
  expect(received).toHaveLength(1);
  expect(listener.connections).toBe(1);
  client.end();
  await once(received[0] as Socket, "close");
  expect(listener.connections).toBe(0);
});

test("a connection on which nothing moves is reset, one that is used is not", async () => {
  // Long enough for a busy machine to come round to the next write.
  const client = await open(600);
  client.resume();
  const startedAt = Date.now();
  const use = setInterval(() => client.write("x"), 50);
  setTimeout(() => clearInterval(use), 900);
  expect(await ending(client)).toBe("ECONNRESET");
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_400);
});

test("a target that leaves has its connections reset after its delay", async () => {
  const client = await open(60_000);
  const ended = ending(client);
  group.deregister(target);
  expect(await ended).toBe("ECONNRESET");
});

test("where the server no longer listens the connection is refused", async () => {
  withdrawListener(target.host, target.hostPort);
  expect(await ending(await open(60_000))).toBe("ECONNRESET");
});
