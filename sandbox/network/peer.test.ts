import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { isOwnSocket, ownerOf } from "./peer";

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100 0 0 10 0
   1: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0 20 4 30 10 -1
   2: 0000000000000000FFFF00000100007F:C002 0000000000000000FFFF00000100007F:1F90 01 00000000:00000000 00:00000000 00000000 7 0 3
   3: 0A00000A:C003 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1003        0 4 1 0 20 4 30 10 -1
`;

test("finds the user of a socket by both its ends", () => {
  expect(ownerOf(table, 0xc001, 8080)).toBe(1001);
  expect(ownerOf(table, 0xc002, 8080)).toBe(7);
  expect(ownerOf(table, 0xc003, 8080)).toBeUndefined();
  expect(ownerOf(table, 8080, 0xc001)).toBeUndefined();
});

const isRoot = process.platform === "linux" && process.getuid?.() === 0;

test("tells this user's sockets from another's, which only root can try", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined).end(isOwnSocket(socket) ? "own" : "another");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const script = `let text = ""; require("node:net").connect(${port}, "127.0.0.1").on("data", (data) => { text += data; })
    .on("error", () => {}).on("close", () => console.log(text));`;
  const ask = async (uid: number | undefined) => {
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { uid, cwd: "/", env: {} });
    return stdout.trim();
  };
  expect(await ask(undefined)).toBe("own");
  if (isRoot) expect(await ask(65_534)).toBe("another");
  await new Promise((resolve) => server.close(resolve));
});
