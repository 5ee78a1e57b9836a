import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { picture } from "./picture";

const consumer = (name: string, group: string) => ({
  name,
  kind: "serverless" as const,
  group,
  namespaceId: name,
  host: `${name}.example`,
  port: 5439,
  database: "fleet",
  addresses: [],
});

const outputs = (host: string, consumers: StackOutputs["consumers"]): StackOutputs => ({
  endpoint: { host, port: 5439, database: "fleet", secretArn: "arn" },
  producer: {
    kind: "serverless",
    namespaceId: "id",
    name: "producer",
    host: "producer.example",
    port: 5439,
    database: "fleet",
    secretArn: "arn",
  },
  consumers,
  datashares: [{ name: "sales", sourceDatabase: "fleet", consumerDatabase: "sales", schemas: ["shop"] }],
});

test("a pool stands before the one address", () => {
  const drawn = picture(outputs("nlb.example", [consumer("pool-1", "pool"), consumer("pool-2", "pool")]));
  expect(drawn).toContain("▲");
  expect(drawn).toContain("one address for readers, 2 consumers behind it");
});

test("without a pool no balancer is drawn", () => {
  const drawn = picture(outputs("analytics.example", [consumer("analytics", "workload")]));
  expect(drawn).not.toContain("▲");
  expect(drawn).not.toContain("behind it");
  expect(drawn).toContain("readers connect to analytics: there is no pool");
});

test("it is no wider than a terminal", () => {
  const drawn = picture(outputs("127.202.0.114", [consumer("pool-1", "pool"), consumer("pool-2", "pool")]));
  expect(Math.max(...drawn.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});
