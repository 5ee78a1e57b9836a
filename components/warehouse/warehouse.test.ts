import { Consumer } from "../consumer";
import { Producer } from "../producer";
import { Recorder, testPlace } from "../testing/recorder";

const account = { accountId: "123456789012", partition: "aws", region: "us-east-1" };

test.each([
  ["Producer", () => new Producer("producer", { ...testPlace(), ...account, kind: "provisioned" })],
  ["Consumer", () => new Consumer("producer", { ...testPlace(), kind: "provisioned" })],
])("a %s of a kind that cannot be made is refused before anything is created", async (component, make) => {
  const recorder = Recorder.start();
  expect(make).toThrow(
    `${component} "producer" has one fault:\n  - kind: must be serverless: warehouses of other kinds cannot be made yet, but got "provisioned". Use serverless, or leave it out.`,
  );
  await recorder.settled();
  expect(recorder.resources.filter(({ type }) => !type.startsWith("redshift-fleet:"))).toEqual([]);
});
