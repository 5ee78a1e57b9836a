import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { watchIdleness } from "./idle";
import { parseSocketTable } from "./keepalives";

test("a keepalive timer is read from the kernel's table, for IPv4 and for what JVMs use", () => {
  const table = parseSocketTable(
    [
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
      "   5: 0100007F:EC62 0900007F:AC0F 01 00000000:00000000 02:00001728 00000000     0        0 43457 3 0 20 0 0 10 -1",
      "   7: 0100007F:EC74 0900007F:AC0F 01 00000000:00000000 00:00000000 00000000     0        0 43459 2 0 20 4 30 10 -1",
      "   8: 0100007F:EC76 0900007F:AC0F 06 00000000:00000000 03:00001728 00000000     0        0 0 3 0",
      "   1: 0000000000000000FFFF00000100007F:C001 0000000000000000FFFF00000900007F:AC0F 01 00000000:00000000 02:000002BC 00000000 0",
    ].join("\n"),
  );
  expect([...table]).toEqual([
    ["0100007F:EC62>0900007F:AC0F", 59.28],
    ["0100007F:EC74>0900007F:AC0F", "none"],
    ["0100007F:C001>0900007F:AC0F", 7],
  ]);
});

/** 350 s of AWS are 0.35 s here. */
const limit = { seconds: 350, scale: 1 / 1_000 };

const onLinux = process.platform === "linux" ? describe : describe.skip;
onLinux("a network that forgets connections after 350 s of silence", () => {
  let server: Server;
  const clients: Socket[] = [];

  beforeAll(async () => {
    server = createServer((socket) => {
      watchIdleness(socket, limit, () => socket.resetAndDestroy());
      socket.on("error", () => undefined).on("data", (data) => socket.write(data));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => clients.splice(0).forEach((client) => void client.destroy()));
  afterAll(() => void server.close());

  /** Whether a connection is there, and answered, after a second of silence. */
  async function survives(prepare: (client: Socket) => void): Promise<boolean> {
    const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    clients.push(client);
    await once(client, "connect");
    prepare(client);
    const lost = new Promise((resolve) => client.once("close", () => resolve("lost")));
    client.on("error", () => undefined);
    if ((await Promise.race([lost, pause(1_000, "kept")])) === "lost") return false;
    client.write("x");
    await once(client, "data");
    return true;
  }

  test("a client without keepalives is cut", async () => {
    expect(await survives(() => undefined)).toBe(false);
  });

  test("so is one that leaves the time to the system, which is two hours", async () => {
    expect(await survives((client) => void client.setKeepAlive(true))).toBe(false);
  });

  test("so is one whose keepalives come later than the limit", async () => {
    expect(await survives((client) => void client.setKeepAlive(true, 400_000))).toBe(false);
  });

  test("keepalives below the limit keep a connection, without a byte", async () => {
    expect(await survives((client) => void client.setKeepAlive(true, 60_000))).toBe(true);
    expect(await survives((client) => void client.setKeepAlive(true, 300_000))).toBe(true);
  });
});
