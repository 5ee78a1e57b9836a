import { completeAnswers } from "./questions";

test("what was not given is asked, and the return key takes what is usual", async () => {
  const asked: string[] = [];
  const said: Record<string, string> = { "Name of the fleet: ": "eu-sales", "Consumers in the pool [2]: ": "4" };
  const answers = await completeAnswers({ consumerCapacity: 16 }, "eu-west-1", async (question) => {
    asked.push(question);
    return said[question] ?? "";
  });
  expect(answers).toEqual({
    name: "eu-sales",
    region: "eu-west-1",
    schema: "eu_sales",
    directory: "fleets/eu-sales/schema",
    pool: 4,
    producerCapacity: 8,
    consumerCapacity: 16,
  });
  expect(asked).toHaveLength(6);
});

test("where nobody can be asked everything else is as usual", async () => {
  const answers = await completeAnswers({ name: "sales", region: "eu-central-1" }, undefined);
  expect(answers).toMatchObject({ name: "sales", region: "eu-central-1", schema: "sales", pool: 2 });
});
