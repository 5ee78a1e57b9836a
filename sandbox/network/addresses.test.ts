import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../store/store";
import { LoopbackAddresses } from "./addresses";

describe("loopback addresses", () => {
  const dir = fs.mkdtempSync(join(tmpdir(), "addresses-"));
  const stores: Store[] = [];
  const opened: LoopbackAddresses[] = [];

  async function open(name: string, options?: { distinct?: boolean }): Promise<LoopbackAddresses> {
    const store = Store.open(join(dir, name));
    stores.push(store);
    const addresses = await LoopbackAddresses.open(store, "seed", options);
    opened.push(addresses);
    return addresses;
  }
  afterEach(() => {
    for (const addresses of opened.splice(0)) addresses.close();
    for (const store of stores.splice(0)) store.close();
  });
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  test("maps the last two parts of a private address and gives no address twice", async () => {
    const addresses = await open("mapping");
    const first = addresses.claim("10.0.3.17");
    expect(first).toMatch(/^127\.\d+\.3\.17$/);
    expect(addresses.claim("10.1.3.17")).not.toBe(first);
    addresses.release(first);
    expect(addresses.claim("10.2.3.17")).toBe(first);
    expect(addresses.reach(first, 5439)).toEqual({ host: first, port: 5439 });
  });

  test("remembers its slot and its claims", async () => {
    const before = await open("restart");
    const claimed = before.claim("10.0.0.9");
    before.close();
    const after = await open("restart");
    const next = after.claim("10.0.0.9");
    expect(next).not.toBe(claimed);
    expect(next.split(".")[1]).toBe(claimed.split(".")[1]);
  });

  test("shares no slot with another running sandbox, though both start from the same seed", async () => {
    const one = await open("one");
    const two = await open("two");
    expect(one.claim("10.0.0.9")).not.toBe(two.claim("10.0.0.9"));
  });

  test("gives each address and port a port of its own where there is one address only", async () => {
    const addresses = await open("shared", { distinct: false });
    const balancer = addresses.claim("10.0.0.5");
    const workgroup = addresses.claim("10.0.0.6");
    expect(addresses.reach(balancer, 5439, { keepPort: true })).toEqual({ host: "127.0.0.1", port: 5439 });
    const reached = addresses.reach(workgroup, 5439);
    expect(reached.host).toBe("127.0.0.1");
    expect(reached.port).not.toBe(5439);
    expect(addresses.reach(workgroup, 5439)).toEqual(reached);
    addresses.release(workgroup);
    expect(addresses.reach(addresses.claim("10.0.0.7"), 5439)).toEqual(reached);
  });
});
