import { defaultQuotas, interfaceEndpointsIn, parseQuotas } from "./quotas";

test("endpoints of a VPC are counted once each, whoever manages them and in however many zones", () => {
  const held = [
    "vpce-1",
    "vpce-1",
    "redshift-serverless/endpoint/pool-1-a",
    "redshift-serverless/workgroup/w1",
    "redshift-serverless/workgroup/w1",
    "elbv2/balancer",
  ].map((owner) => ({ vpcId: "vpc-1", owner }));
  held.push({ vpcId: "vpc-2", owner: "vpce-2" });
  expect(interfaceEndpointsIn("vpc-1", held, defaultQuotas)).toBe(3);
  expect(interfaceEndpointsIn("vpc-1", held, { ...defaultQuotas, workgroupsCountAsEndpoints: false })).toBe(2);
});

test("a setting names quotas with values of their kind", () => {
  expect(parseQuotas('{"workgroups":100,"workgroupsCountAsEndpoints":false}')).toEqual({
    workgroups: 100,
    workgroupsCountAsEndpoints: false,
  });
  expect(() => parseQuotas('{"workgroup":100}')).toThrow(/no quota workgroup of 100; there are namespaces, workgroups/);
  expect(() => parseQuotas('{"workgroups":"many"}')).toThrow(/no quota workgroups of "many"/);
  for (const text of ["5", "[]", "null"]) expect(() => parseQuotas(text)).toThrow(/must be a JSON object/);
});
