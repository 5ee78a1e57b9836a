import { once } from "node:events";
import net from "node:net";
import { randomFrom } from "../seeded-random";
import { fromClient, fromServer, message, startupCode, startupMessage } from "../wire/messages";
import { cut, RawClient, request, tlsRequest } from "../wire/testing";
import { eventually, TestWarehouses } from "./testing";

// What comes from outside: the front of a running warehouse, met by clients that break the protocol in every way.

let warehouses: TestWarehouses;
let port: number;
const login = { user: "admin", password: "Passw0rd1", database: "fleet" };
const startup = startupMessage({ user: login.user, database: login.database });
const onlyBytes = (bytes: Buffer) => [...bytes].map((byte) => Buffer.from([byte]));

beforeAll(async () => {
  warehouses = await TestWarehouses.open(["producer"]);
  port = warehouses.portOf("producer");
});
afterAll(() => warehouses?.close());

/** Connects, logs in and asks. @returns milliseconds until the answer */
async function serveNextClient(token = "1"): Promise<number> {
  const start = Date.now();
  const client = await RawClient.connect(port);
  await client.logIn(login);
  expect(await client.query(`select '${token}'`)).toEqual([token]);
  client.close();
  return Date.now() - start;
}

/** From its connection to its answer within a second; a busy machine has three attempts. */
async function nextClientIsServed(): Promise<void> {
  const times: number[] = [];
  while (times.length < 3 && (times.at(-1) ?? 1_000) >= 1_000) times.push(await serveNextClient());
  expect(Math.min(...times)).toBeLessThan(1_000);
}

async function asked(): Promise<RawClient> {
  const client = await RawClient.connect(port);
  client.send(startup);
  await client.until(() => client.messages(fromServer.authentication).length > 0, "a request for the password");
  return client;
}

async function loggedIn(): Promise<RawClient> {
  const client = await RawClient.connect(port);
  await client.logIn(login);
  return client;
}

describe("a client whose bytes come one by one", () => {
  test.each([false, true])("logs in and is answered, with TLS: %s", async (encrypted) => {
    const client = await RawClient.connect(port);
    if (encrypted) await client.startTls();
    await client.logIn(login, (bytes) => client.sendInPieces(onlyBytes(bytes)));
    client.received = Buffer.alloc(0);
    await client.sendInPieces(onlyBytes(message(fromClient.query, "select 'whole'")));
    await client.until(() => client.messages(fromServer.readyForQuery).length > 0, "an answer");
    expect(client.received.includes("whole")).toBe(true);
    client.close();
  });

  test("may send its first query along with the password", async () => {
    const client = await asked();
    const query = message(fromClient.query, "select 'early'");
    await client.logIn(login, (bytes) => bytes[0] === fromClient.password && client.send(bytes, query));
    await client.until(() => client.received.includes("early"), "an answer to the query");
    client.close();
  });
});

describe("a client that breaks the protocol before it has logged in", () => {
  test.each([
    ["sends a query in place of its password", message(fromClient.query, "select 1"), /^08P01 expected password/],
    ["answers as for another method", message(fromClient.digest, 0, 0), /^08P01 expected password/],
    ["sends an endless password", message(fromClient.password, "x".repeat(20_000)), /^08P01 invalid message length/],
    ["sends a length of zero", Buffer.from([fromClient.password, 0, 0, 0, 0]), /^08P01 invalid message length/],
    ["sends a negative length", Buffer.from([fromClient.password, 255, 255, 255, 255]), /^08P01 invalid message/],
    ["sends a password without its end", message(fromClient.password, Buffer.from("md5")), /^28000 password/],
  ])("is told and cut off when it %s", async (_, bytes, words) => {
    const client = await asked();
    client.send(bytes);
    expect(await client.ending(1_000)).toMatch(words);
  });

  test.each([
    ["asks for TLS twice", Buffer.concat([request(startupCode.gss), request(startupCode.gss)]), /^N?0A000 unsupp/],
    ["asks for TLS and goes on in clear", Buffer.concat([tlsRequest, startup]), /^08P01 bytes in clear/],
    ["speaks version 2", request(131072), /^0A000 unsupported frontend protocol 2.0/],
    ["names no user", startupMessage({ database: "fleet" }), /^28000 no PostgreSQL user name/],
    ["gives a length that is none", Buffer.alloc(8), /^08P01 invalid length of startup packet/],
    ["gives a length beyond 10 kB", request(0x7fffffff).subarray(4), /^08P01 invalid length of startup packet/],
    ["speaks HTTP", Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), /^08P01 invalid length of startup packet/],
  ])("is told and cut off when it %s", async (_, bytes, words) => {
    const client = await RawClient.connect(port);
    client.send(bytes);
    await client.until(() => client.closed, "its end");
    // One byte answers a request for encryption.
    if (client.received[0] === "N".charCodeAt(0)) client.received = client.received.subarray(1);
    expect(client.errors().at(-1)).toMatch(words);
  });

  test("is cut off when its TLS is none", async () => {
    const client = await RawClient.connect(port);
    client.send(tlsRequest);
    await client.until(() => client.received.length === 1, "S");
    client.send(Buffer.from("this is no ClientHello, whatever else it is"));
    await client.ending(1_000);
    await nextClientIsServed();
  });

  test("takes nobody else with it: 500 half-open connections, and the next client is served", async () => {
    const beginnings = [Buffer.alloc(0), startup.subarray(0, 3), startup.subarray(0, 20), startup, tlsRequest];
    const sockets = Array.from({ length: 500 }, (_, n) => {
      const socket = net.connect(port, "127.0.0.1");
      socket.on("error", () => {}).write(beginnings[n % beginnings.length]!);
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    await nextClientIsServed();
    for (const socket of sockets) socket.destroy();
    await nextClientIsServed();
  });
});

describe("a client that breaks the protocol in its session", () => {
  test.each([
    ["a type that does not exist", Buffer.from([1, 0, 0, 0, 4]), /^08P01 invalid frontend message type 1/],
    ["a password once more", message(fromClient.password, "x"), /^08P01 invalid frontend message type 112/],
    ["a length that is none", Buffer.from([fromClient.query, 0, 0, 0, 3]), /^08P01 invalid message length/],
    ["a text that nothing closes", message(fromClient.query, Buffer.from("select 1")), /^08P01 invalid string/],
    ["an endless Sync", Buffer.from([fromClient.sync, 0, 1, 0, 0]), /^08P01 invalid message length/],
    ["an endless Bind", Buffer.from([fromClient.bind, 127, 0, 0, 0]), /^08P01 invalid message length/],
  ])("is told and cut off: %s", async (_, bytes, words) => {
    const client = await loggedIn();
    client.send(bytes);
    expect(await client.ending(1_000)).toMatch(words);
  });

  test("keeps its session when a statement is over 16 MB, and is told so in Redshift's words", async () => {
    const client = await loggedIn();
    const words = /^42601 Statement is too large. Statement Size: \d+ bytes. Maximum Allowed: 16777216 bytes$/;
    for (const size of [16_777_217, 30_000_000]) {
      await client.query(`select '${"x".repeat(size - 9)}'`, 10_000);
      expect(client.errors()).toEqual([expect.stringMatching(words)]);
      expect(client.errors()[0]).toContain(String(size));
    }
    const parse = message(fromClient.parse, "", `select '${"x".repeat(17_000_000)}'`, Buffer.alloc(2));
    const bindAndExecute = [message(fromClient.bind, "", "", Buffer.alloc(6)), message(fromClient.execute, "", 0)];
    client.received = Buffer.alloc(0);
    client.send(parse, ...bindAndExecute, message(fromClient.sync));
    await client.until(() => client.messages(fromServer.readyForQuery).length > 0, "an answer", 10_000);
    expect(client.errors()).toEqual([expect.stringMatching(words)]);
    expect(await client.query("select 'still here'")).toEqual(["still here"]);
    client.close();
  });
});

describe("a request to cancel", () => {
  test("ends a statement with the right key only", async () => {
    const client = await loggedIn();
    const [key] = client.messages(fromServer.backendKeyData);
    const cancel = async (...numbers: number[]) => {
      const other = await RawClient.connect(port);
      other.send(request(startupCode.cancel, ...numbers));
      await other.ending();
    };
    const pid = key!.readInt32BE(0);
    const secret = key!.readInt32BE(4);
    const sleeping = client.query("select pg_sleep(20)", 8_000);
    await cancel(pid, secret ^ 1);
    await cancel(pid);
    await cancel(pid, secret, secret);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(client.errors()).toEqual([]);
    await cancel(pid, secret);
    await sleeping;
    expect(client.errors()).toEqual([expect.stringMatching(/^57014/)]);
    client.close();
  });
});

describe("a client that does not read", () => {
  test("holds up nobody, and nothing is kept for it", async () => {
    const client = await loggedIn();
    client.socket.pause();
    global.gc?.();
    const before = process.memoryUsage.rss();
    client.send(message(fromClient.query, "select repeat('x', 1000) from generate_series(1, 400000)"));
    for (let n = 0; n < 10; n++) {
      await nextClientIsServed();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1_048_576);
    client.close();
  });
});

describe("a statement of 16 MB", () => {
  const size = 16 * 1_048_576;
  const filled = (head: string, piece: string, tail = "") =>
    head + piece.repeat(Math.floor((size - head.length - tail.length) / piece.length)) + tail;
  const half = Math.floor(size / 2) - 20;

  /** Longest time that another session waits for an answer while the statement is being handled. */
  async function longestWait(sql: string): Promise<number> {
    const [client, other] = [await loggedIn(), await loggedIn()];
    client.received = Buffer.alloc(0);
    client.send(message(fromClient.query, sql));
    let longest = 0;
    const until = Date.now() + 1_500;
    while (Date.now() < until && client.messages(fromServer.readyForQuery).length === 0) {
      const start = Date.now();
      expect(await other.query("select 1", 60_000)).toEqual(["1"]);
      longest = Math.max(longest, Date.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    client.close();
    other.close();
    return longest;
  }

  test.each([
    ["inserts many values", filled("insert into t select sysdate union values ", "(1, 'abc', 2.5), ", "(1)")],
    ["has a long list", filled("select top 3 * from t where a in (", "1234, ", "1)")],
    ["is many statements", filled("", "select nvl(1,2);\n")],
    ["nests deeply", `select nvl(1, 2), ${"(".repeat(half)}1${")".repeat(half)}`],
    ["is one query after the other", filled("select a from b qualify ", "select ", "c")],
    ["is one string", filled("select nvl('", "x", "', 'b')")],
    ["is one comment", filled("select nvl(1, 2) /*", "x", "*/")],
    ["may say a password", filled("alter user ada password 'Clear1pw' ", "password 'x' ")],
  ])("keeps nobody else waiting when it %s", async (_, sql) => {
    const waits: number[] = [];
    while (waits.length < 3 && (waits.at(-1) ?? 1_000) >= 1_000) waits.push(await longestWait(sql));
    expect(Math.min(...waits)).toBeLessThan(1_000);
  });

  test("is translated as a short one is, and what is sent behind it waits for it", async () => {
    const client = await loggedIn();
    const long = `select nvl('${"x".repeat(1_000_000)}', 'b') = repeat('x', 1000000)`;
    client.received = Buffer.alloc(0);
    const parse = message(fromClient.parse, "", long, Buffer.alloc(2));
    const bindAndExecute = [message(fromClient.bind, "", "", Buffer.alloc(6)), message(fromClient.execute, "", 0)];
    client.send(message(fromClient.query, long), message(fromClient.query, "select 'after it'"));
    client.send(parse, ...bindAndExecute, message(fromClient.sync));
    await client.until(() => client.messages(fromServer.readyForQuery).length === 3, "three answers");
    const dataRow = 0x44;
    expect(client.messages(dataRow).map((body) => body.toString("utf8", 6))).toEqual(["t", "after it", "t"]);
    client.close();
  });

  test("is refused when it would grow without bounds", async () => {
    const client = await loggedIn();
    const nested = (depth: number): string => (depth ? `datediff(month, '2020-01-01', ${nested(depth - 1)})` : "now()");
    await client.query(`select ${nested(100)}`);
    expect(client.errors()).toEqual([expect.stringMatching(/^54001 statement is too complex/)]);
    client.close();
  });
});

/** Connections of the fuzzing; more by hand: see docs/sandbox.md. */
const connections = Number(process.env.REDSHIFT_FLEET_FUZZ_CONNECTIONS ?? 400);
const seed = Number(process.env.REDSHIFT_FLEET_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32));
const atOnce = 40;

describe(`${connections} clients out of a random generator, REDSHIFT_FLEET_FUZZ_SEED=${seed}`, () => {
  const random = randomFrom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));

  /** Packets that are right by themselves, for any time. */
  const packets = (): Buffer[] => [
    ...[startup, tlsRequest, request(startupCode.gss), request(startupCode.cancel, below(9_999), below(2 ** 32))],
    ...[startupMessage({ user: "nobody", options: "-c a=b" }), request(below(2 ** 32))],
    ...[message(fromClient.password, `md5${"0".repeat(32)}`), message(fromClient.digest, 4, 7, 4, 7)],
    ...[message(fromClient.query, "select 1"), message(fromClient.query, "show tables; select 'é'")],
    ...[message(fromClient.parse, "s", "select $1::int", Buffer.alloc(2)), message(fromClient.execute, "", 0)],
    ...[message(fromClient.bind, "", "s", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 49, 0, 0])), message(fromClient.sync)],
    ...[message(fromClient.describe, "Ss"), message(fromClient.close, "Ps"), message(fromClient.flush)],
    ...[
      message(fromClient.copyData, bytes(below(60))),
      message(fromClient.copyFail, "no"),
      message(fromClient.copyDone),
    ],
    ...[message(fromClient.functionCall, bytes(below(40))), message(below(256), bytes(below(40))), bytes(below(80))],
  ];

  const lengths = [0, 1, 3, 4, 5, 8, 9_999, 10_001, 2 ** 24, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
  const spoil: ((packet: Buffer) => Buffer)[] = [
    (packet) => packet,
    (packet) => packet,
    (packet) => packet.subarray(0, below(packet.length + 1)),
    (packet) => Buffer.concat([packet, packet]),
    (packet) => {
      const changed = Buffer.from(packet);
      for (let n = below(4); n >= 0 && changed.length > 0; n--) changed[below(changed.length)] = below(256);
      return changed;
    },
    (packet) => {
      const changed = Buffer.from(packet);
      if (changed.length >= 5) changed.writeUInt32BE(oneOf(lengths), below(2));
      return changed;
    },
  ];

  async function intrude(): Promise<void> {
    const client = await RawClient.connect(port);
    const stage = below(4);
    if (stage === 1) client.send(startup);
    if (stage === 2) await client.logIn(login);
    if (stage === 3) await client.startTls();
    const sent = Buffer.concat(Array.from({ length: 1 + below(5) }, () => oneOf(spoil)(oneOf(packets()))));
    const places = Array.from({ length: below(6) }, () => below(2 ** 30));
    await client.sendInPieces(cut(sent, places));
    if (below(3) === 0) await new Promise((resolve) => setTimeout(resolve, below(20)));
    oneOf([() => client.close(), () => client.reset(), () => client.socket.end()])();
  }

  test("leave the warehouse as it was: honest sessions get their own answers, the next client is served", async () => {
    const faults: unknown[] = [];
    const note = (fault: unknown) => faults.push(fault);
    process.on("uncaughtException", note).on("unhandledRejection", note);
    const honest = await Promise.all(Array.from({ length: 4 }, loggedIn));
    let left = connections;
    let done = false;
    const asking = honest.map(async (client, index) => {
      for (let n = 0; !done; n++) {
        expect(await client.query(`select 'of ${index}, number ${n}'`)).toEqual([`of ${index}, number ${n}`]);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    const intruders = Array.from({ length: atOnce }, async () => {
      for (let number = left--; number > 0; number = left--) {
        await intrude();
        if (number % 100 === 0) await serveNextClient(`before ${number} more`);
      }
    });
    await Promise.all(intruders).finally(() => {
      done = true;
    });
    await Promise.all(asking);
    for (const client of honest) client.close();
    process.off("uncaughtException", note).off("unhandledRejection", note);
    expect(faults).toEqual([]);
    await nextClientIsServed();
    await eventually(async () => expect(warehouses.current.status().workgroups[0]!.connections).toBe(0));
  }, 600_000);
});
