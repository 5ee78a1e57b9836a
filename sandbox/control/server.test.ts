import { send } from "../gateway/testing";
import { Sandbox } from "../sandbox";
import { ControlServer } from "./server";

describe("the control endpoint", () => {
  const stop = jest.fn();
  let control: ControlServer;
  beforeAll(async () => {
    const sandbox: Sandbox = Object.create(Sandbox.prototype);
    control = await ControlServer.start({ sandbox, status: () => never(), stop }, 0);
  });
  afterAll(() => control.close());

  const never = () => {
    throw new Error("not asked for");
  };
  const json = { "content-type": "application/json" };

  test.each([
    ["a web page", { origin: "https://example.com" }],
    ["a browser without an origin", { "sec-fetch-site": "cross-site" }],
    ["another host name", { host: "rebound.example.com" }],
  ])("is not stopped by %s", async (_, headers) => {
    const answer = await send(control.port, { path: "/stop", headers: { ...headers, "content-type": "text/plain" } });
    expect(answer.status).toBe(403);
    expect(stop).not.toHaveBeenCalled();
  });

  test.each([
    ["null", 400],
    ["[]", 400],
    ["{", 400],
    ["x".repeat(100_000), 413],
  ])("refuses a body %#", async (body, status) => {
    expect((await send(control.port, { path: "/faults", headers: json, body })).status).toBe(status);
  });

  test("knows only its own routes", async () => {
    expect((await send(control.port, { method: "GET", path: "/__proto__" })).status).toBe(404);
  });

  test("stops for a program, Node's own fetch among them", async () => {
    const answer = await fetch(`http://127.0.0.1:${control.port}/stop`, { method: "POST" });
    expect(answer.status).toBe(200);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stop).toHaveBeenCalledTimes(1);
  });
});
