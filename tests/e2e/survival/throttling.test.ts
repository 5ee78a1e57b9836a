import { addFault, clearFaults, faults } from "../../../sandbox/control";
import { deployMs } from "../support/fleet";
import { balance } from "../support/inventory";
import { SmallFleet } from "../support/small-fleet";

// AWS refuses calls: for a while, which `up` sits out, or for good, which it says and goes on from the next time.

const fleet = new SmallFleet(1);
const dir = fleet.sandbox;

jest.setTimeout(2 * deployMs);
beforeAll(() => fleet.deploy());
afterEach(() => clearFaults({ dir }));
afterAll(() => fleet.close());

async function expectWhole(): Promise<void> {
  const { found, expected } = await balance(fleet);
  expect(found).toEqual(expected);
}

test("APIs that throttle in bursts only make it slower", async () => {
  await Promise.all([
    addFault({ dir, fault: { service: "redshift-serverless", kind: "throttle", from: 3, count: 15 } }),
    addFault({ dir, fault: { service: "redshift-data", kind: "throttle", from: 2, count: 10 } }),
    addFault({ dir, fault: { service: "elasticloadbalancing", kind: "throttle", count: 6 } }),
    addFault({ dir, fault: { service: "redshift-serverless", operation: "CreateWorkgroup", kind: "fail", count: 1 } }),
    addFault({ dir, fault: { service: "redshift-data", kind: "delay", ms: 500, from: 20, count: 5 } }),
  ]);
  await fleet.mustUp(2);
  const spared = (await faults({ dir })).filter(({ seen, from = 1, count = 0 }) => seen < from + count - 1);
  expect(spared).toEqual([]);
  await clearFaults({ dir });
  await expectWhole();
});

test("an API that refuses for good: up says which resource, what and why, and goes on when it is allowed", async () => {
  const message = "User: fleet is not authorized to perform: redshift-serverless:CreateEndpointAccess";
  const fault = { operation: "CreateEndpointAccess", kind: "fail", code: "AccessDeniedException", message } as const;
  await addFault({ dir, fault: { ...fault, httpStatus: 403, from: 2 } });
  const refused = await fleet.up(3);
  expect(refused.code).not.toBe(0);
  const said = refused.stdout + refused.stderr;
  expect(said).toMatch(/EndpointAccess \(pool-3-[abc]\)/);
  expect(said).toContain(`AccessDeniedException: ${message}`);
  await clearFaults({ dir });
  await fleet.mustUp(3);
  await expectWhole();
});

test("SQL that is refused for good stops it in the middle of a consumer, and the next time goes on", async () => {
  const message = "User: fleet is not authorized to perform: redshift-data:BatchExecuteStatement";
  const fault = { service: "redshift-data", operation: "BatchExecuteStatement" } as const;
  await addFault({ dir, fault: { ...fault, kind: "fail", code: "AccessDeniedException", message, httpStatus: 403 } });
  const refused = await fleet.up(4);
  expect(refused.code).not.toBe(0);
  expect(refused.stdout + refused.stderr).toMatch(/ReaderAccess \(readers-on-pool-4\)(.|\n)*not authorized to perform/);
  await clearFaults({ dir });
  await fleet.mustUp(4);
  await expectWhole();
});

test("shrinking under throttling gives back everything", async () => {
  await addFault({ dir, fault: { service: "redshift-serverless", kind: "throttle", from: 2, count: 15 } });
  await fleet.mustUp(1);
  await clearFaults({ dir });
  await expectWhole();
});
