import { type AddressInfo, createServer, type Server } from "node:net";
import { movedPorts, onFixedPort, onPort, parsePort } from "./ports";

const open: Server[] = [];
const bind = (port: number) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      open.push(server);
      resolve((server.address() as AddressInfo).port);
    });
  });
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

test("a remembered port that is taken gives way to a free one, a fixed one does not", async () => {
  const taken = await bind(0);
  const other = await onPort(taken, bind);
  expect(other).not.toBe(taken);
  await expect(onFixedPort(taken, bind)).rejects.toThrow(
    new RegExp(`^Port ${taken}, which the sandbox was told to use, is taken .*ss -ltnp.*--port`),
  );
  expect(movedPorts({ api: taken, control: 1 }, { api: other, control: 1, aws: 2 })).toEqual({
    api: { from: taken, to: other },
  });
});

test("a port that grpc-js finds taken is taken too; other errors are not hidden", async () => {
  const grpc = new Error(
    "No address added out of total 1 resolved errors: [listen EADDRINUSE: address already in use]",
  );
  const bindOnce = (error: Error) => async (port: number) => {
    if (port !== 0) throw error;
    return port;
  };
  expect(await onPort(7, bindOnce(grpc))).toBe(0);
  await expect(onPort(7, bindOnce(new Error("EACCES")))).rejects.toThrow("EACCES");
});

test("what is no port is refused", () => {
  expect(parsePort("4566")).toBe(4566);
  expect(parsePort("")).toBeUndefined();
  for (const text of ["0", "65536", "x", "1.5"]) expect(() => parsePort(text)).toThrow("whole number from 1 to 65535");
});
