import { ConsumerPool } from "./consumer-pool";
import { Encryption } from "./encryption";
import { ReadBalancer } from "./read-balancer";
import { Recorder, testNetwork, testPlace } from "./testing/recorder";

const account = { accountId: "123456789012", partition: "aws", region: "us-east-1" };

test("arguments take the place of the component's, in every child of that kind", async () => {
  const recorder = Recorder.start();
  const transform = { workgroup: { trackName: "trailing" }, namespace: { logExports: ["userlog"] } };
  new ConsumerPool("pool", { ...testPlace(), size: 2, transform });
  await recorder.settled();
  const workgroups = recorder.of("aws:redshiftserverless/workgroup:Workgroup");
  expect(workgroups.map(({ inputs }) => inputs)).toEqual([
    expect.objectContaining({ trackName: "trailing", publiclyAccessible: false }),
    expect.objectContaining({ trackName: "trailing", publiclyAccessible: false }),
  ]);
  const namespaces = recorder.of("aws:redshiftserverless/namespace:Namespace");
  expect(namespaces.map(({ inputs }) => inputs.logExports)).toEqual([["userlog"], ["userlog"]]);
});

test("a function sees what the component wants, and changes options too", async () => {
  const recorder = Recorder.start();
  const seen: unknown[] = [];
  const balancer = new ReadBalancer("readers", {
    namePrefix: "fleet-test",
    network: testNetwork(),
    transform: {
      loadBalancer: ({ tags }, { parent }, name) => {
        seen.push(name, parent);
        return { args: { tags: { ...tags, team: "data" } } };
      },
      listener: () => ({ opts: { protect: true } }),
    },
  });
  await recorder.settled();
  expect(seen).toEqual(["readers-nlb", balancer]);
  const { tags } = recorder.inputsOf("aws:lb/loadBalancer:LoadBalancer", "readers-nlb");
  expect(tags).toEqual({ Name: "fleet-test-readers", team: "data" });
});

test("what is not transformed is as it was", async () => {
  const inputs = async (transform: ConstructorParameters<typeof Encryption>[1]["transform"]) => {
    const recorder = Recorder.start();
    new Encryption("encryption", { ...account, namePrefix: "fleet-test", transform });
    await recorder.settled();
    return recorder.resources;
  };
  const alias = { name: "alias/other" };
  const [plain, changed] = [await inputs(undefined), await inputs({ alias })];
  expect(changed.map(({ name }) => name)).toEqual(plain.map(({ name }) => name));
  expect(changed.filter(({ name }, at) => JSON.stringify(plain[at]) !== JSON.stringify(changed[at]) && name)).toEqual([
    expect.objectContaining({ name: "encryption-alias", inputs: expect.objectContaining(alias) }),
  ]);
});
