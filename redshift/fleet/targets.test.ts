import { targetOf } from "./targets";

const warehouse = { name: "producer", database: "fleet" };

test.each([
  [{ workgroup: "wg" }, { workgroupName: "wg" }],
  [{ kind: "serverless" as const, workgroup: "wg", cluster: "c" }, { workgroupName: "wg" }],
  [{ kind: "provisioned" as const, workgroup: "wg", cluster: "c" }, { clusterIdentifier: "c" }],
])("%j is reached by what its kind is known by", (described, expected) => {
  expect(targetOf({ ...warehouse, ...described }, "arn")).toEqual({ ...expected, database: "fleet", secretArn: "arn" });
});

test("a warehouse whose name is not known is named, with what to do", () => {
  expect(() => targetOf(warehouse, "arn")).toThrow("does not say the workgroup of producer: deploy it again");
  const cluster = { ...warehouse, kind: "provisioned" as const, workgroup: "wg" };
  expect(() => targetOf(cluster, "arn")).toThrow("does not say the cluster of producer: deploy it again");
});
