import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Listener } from "./listener";
import type { TargetGroupSettings } from "./settings";
import { TargetGroup } from "./target-group";

const usualSettings: TargetGroupSettings = {
  intervalMs: 40,
  timeoutMs: 200,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  registrationMs: 100,
  deregistrationDelayMs: 300,
  lateDrainingMs: 0,
  terminateOnDeregistration: false,
  terminateOnUnhealthy: true,
};

/** A server that says its name, then echoes. */
class NamedServer {
  readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  port = 0;
  constructor(readonly name: string) {}

  async start(): Promise<this> {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
      socket.on("error", () => undefined);
      socket.write(this.name);
      socket.on("data", (chunk) => socket.write(chunk));
      socket.on("end", () => socket.end("bye"));
    });
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  /** Refuses new connections; those that run go on. */
  refuse(): void {
    this.server?.close();
  }

  stop(): void {
    this.refuse();
    for (const socket of this.sockets) socket.destroy();
  }
}

const address = (server: NamedServer) => ({
  id: `127.0.0.1#${server.name}`,
  port: 5439,
  host: "127.0.0.1",
  hostPort: server.port,
});

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 3_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within 3 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("the balancer", () => {
  let servers: NamedServer[];
  let group: TargetGroup;
  let listener: Listener;
  let port: number;
  const clients: Socket[] = [];

  const states = () => group.health().map(({ health }) => health.state);
  const allHealthy = () => until(() => states().every((state) => state === "healthy"), "all targets healthy");

  function open(): Socket {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => undefined);
    clients.push(socket);
    return socket;
  }
  const greeting = (socket: Socket) =>
    new Promise<string>((resolve, reject) => {
      socket.once("data", (chunk) => resolve(String(chunk)));
      socket.once("error", reject);
    });
  const failure = (socket: Socket) =>
    new Promise<string>((resolve) => {
      socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
      socket.once("close", () => resolve("closed"));
    });

  beforeEach(async () => {
    servers = await Promise.all(["a", "b", "c"].map((name) => new NamedServer(name).start()));
    group = new TargetGroup(usualSettings);
    for (const server of servers) group.register(address(server));
    group.use(true);
    listener = new Listener({ idle: { seconds: 6_000, scale: 1 }, group });
    const spare = await new NamedServer("spare").start();
    port = spare.port;
    spare.stop();
    await listener.listen([{ host: "127.0.0.1", port }]);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
    listener.close();
    group.close();
    for (const server of servers) server.stop();
  });

  test("reports targets as being registered, then as healthy", async () => {
    expect(group.health().map(({ health }) => health)).toEqual(
      Array(3).fill(expect.objectContaining({ state: "initial", reason: "Elb.RegistrationInProgress" })),
    );
    await allHealthy();
  });

  test("sends nothing to a target before it is registered and checked, even where there is no other", async () => {
    group.settings = { ...usualSettings, registrationMs: 400 };
    await allHealthy();
    const late = await new NamedServer("late").start();
    servers.push(late);
    group.register(address(late));
    // What a change of all targets does that does not wait for the new ones.
    for (const server of servers.slice(0, 3)) group.deregister(address(server));
    await expect(failure(open())).resolves.toBe("ECONNRESET");
    await until(() => states().includes("healthy"), "the new target healthy");
    await expect(greeting(open())).resolves.toBe("late");
  });

  test("knows the targets of before its start", async () => {
    const again = new TargetGroup({ ...usualSettings, registrationMs: 60_000 });
    again.register(address(servers[0]!), true);
    again.use(true);
    expect(again.pick()?.address).toEqual(address(servers[0]!));
    await until(() => again.health()[0]!.health.state === "healthy", "healthy without a registration");
    again.close();
  });

  test("spreads 300 connections so that nobody has under half or over one and a half times a share", async () => {
    await allHealthy();
    const names = await Promise.all(Array.from({ length: 300 }, () => greeting(open())));
    for (const name of ["a", "b", "c"]) {
      const share = names.filter((other) => other === name).length;
      expect(share).toBeGreaterThan(50);
      expect(share).toBeLessThan(150);
    }
  });

  test("spreads connections that come and go one after another as evenly", async () => {
    await allHealthy();
    const counts: Record<string, number> = {};
    for (let index = 0; index < 300; index += 1) {
      const socket = open();
      const name = await greeting(socket);
      counts[name] = (counts[name] ?? 0) + 1;
      socket.destroy();
    }
    for (const name of ["a", "b", "c"]) {
      expect(counts[name]).toBeGreaterThan(50);
      expect(counts[name]).toBeLessThan(150);
    }
  });

  test("passes a half-close on and still brings the answer back", async () => {
    await allHealthy();
    const socket = open();
    await greeting(socket);
    const answer = greeting(socket);
    socket.end();
    await expect(answer).resolves.toBe("bye");
  });

  test("resets connections of a target that fails its checks, sends new ones elsewhere, and takes it back", async () => {
    await allHealthy();
    const sockets = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const socket = open();
        return { socket, name: await greeting(socket) };
      }),
    );
    const victim = sockets.find(({ name }) => name === "a")!;
    const lost = failure(victim.socket);
    servers[0]!.refuse();
    await expect(lost).resolves.toBe("ECONNRESET");
    expect(states().filter((state) => state === "unhealthy")).toHaveLength(1);
    const names = await Promise.all(Array.from({ length: 20 }, () => greeting(open())));
    expect(names).not.toContain("a");
    const untouched = sockets.find(({ name }) => name === "b")!;
    untouched.socket.write("ping");
    await expect(greeting(untouched.socket)).resolves.toBe("ping");
    await servers[0]!.start();
    await allHealthy();
  });

  test("drains: a connection that runs goes on, new ones go elsewhere, the target is gone after the delay", async () => {
    await allHealthy();
    let socket = open();
    while ((await greeting(socket)) !== "a") socket = open();
    expect(group.deregister(address(servers[0]!))).toBe(true);
    expect(states()).toContain("draining");
    const names = await Promise.all(Array.from({ length: 20 }, () => greeting(open())));
    expect(names).not.toContain("a");
    await until(() => group.health().length === 2, "drained");
    socket.write("still here");
    await expect(greeting(socket)).resolves.toBe("still here");
  });

  test("shows a target as draining for longer than the delay where deregistrations are late", async () => {
    await allHealthy();
    group.settings = { ...usualSettings, lateDrainingMs: 300 };
    const started = Date.now();
    group.deregister(address(servers[0]!));
    await until(() => group.health().length === 2, "drained");
    expect(Date.now() - started).toBeGreaterThanOrEqual(580);
  });

  test("cuts what is left after the delay where termination is on", async () => {
    group.settings = { ...usualSettings, terminateOnDeregistration: true };
    await allHealthy();
    let socket = open();
    while ((await greeting(socket)) !== "a") socket = open();
    const started = Date.now();
    const lost = failure(socket);
    group.deregister(address(servers[0]!));
    await expect(lost).resolves.toBe("ECONNRESET");
    expect(Date.now() - started).toBeGreaterThanOrEqual(usualSettings.deregistrationDelayMs - 20);
  });

  test("tries every target when all are unhealthy", async () => {
    for (const server of servers) server.refuse();
    await until(() => states().every((state) => state === "unhealthy"), "all unhealthy");
    group.settings = { ...usualSettings, intervalMs: 60_000 };
    await new Promise((resolve) => setTimeout(resolve, 60));
    await Promise.all(servers.map((server) => server.start()));
    await expect(greeting(open())).resolves.toMatch(/[abc]/);
  });

  test("resets a client when there is no target", async () => {
    for (const server of servers) group.deregister(address(server));
    await expect(failure(open())).resolves.toBe("ECONNRESET");
  });

  test("resets a connection on which nothing moves for the idle timeout, and only then", async () => {
    await allHealthy();
    listener.settings = { idle: { seconds: 150, scale: 1 / 1_000 }, group };
    const socket = open();
    await greeting(socket);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.write("x");
    await greeting(socket);
    const idleSince = Date.now();
    await expect(failure(socket)).resolves.toBe("ECONNRESET");
    expect(Date.now() - idleSince).toBeGreaterThanOrEqual(140);
  });

  test("checks nothing and says so while no listener uses the group", () => {
    const idle = new TargetGroup(usualSettings);
    idle.register(address(servers[0]!));
    expect(idle.health()[0]!.health).toMatchObject({ state: "unused", reason: "Target.NotInUse" });
  });
});
