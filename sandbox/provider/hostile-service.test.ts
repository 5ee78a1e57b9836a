import { AwsError } from "../aws/errors";
import type { JsonObject } from "../aws/json";
import type { Operation } from "../aws/service";
import { callsOf, TestServices } from "../services/testing";
import { AwsProvider } from "./aws-provider";
import type { ValueMap } from "./values";

// What the provider does when AWS is busy, refuses, throttles or changes under it. The service here is a script.

const account = TestServices.open();
afterAll(() => account.dispose());

const workgroupType = "aws:redshiftserverless/workgroup:Workgroup";
const endpointType = "aws:redshiftserverless/endpointAccess:EndpointAccess";
const workgroup = { workgroupName: "wg", workgroupArn: "arn:wg", namespaceName: "ns", status: "AVAILABLE" };
const endpoint = { endpointName: "e-1", workgroupName: "wg", endpointStatus: "ACTIVE", subnetIds: ["subnet-1"] };
const busy = new AwsError("ConflictException", "There is an operation running on the namespace ns. Try again later.");
const gone = new AwsError("ResourceNotFoundException", "The workgroup wg does not exist.");

/** Answers with these one after another, the last one for ever; errors are thrown. */
function script(...answers: (JsonObject | AwsError)[]): Operation & { inputs: JsonObject[] } {
  const inputs: JsonObject[] = [];
  const operation = (input: JsonObject): JsonObject => {
    const answer = answers[Math.min(inputs.length, answers.length - 1)]!;
    inputs.push(input);
    if (answer instanceof AwsError) throw answer;
    return answer;
  };
  return Object.assign(operation, { inputs });
}

function providerOver(operations: Record<string, Operation>): AwsProvider {
  const tags: Operation = () => ({ tags: [] });
  const services = callsOf({ "redshift-serverless": { ListTagsForResource: tags, ...operations } });
  return new AwsProvider({ account: account.account, services });
}

const properties = (values: ValueMap) => ({ values, secrets: new Set<string>() });
const target = (type: string, timeoutMs = 10_000) => ({
  urn: `urn:${type}`,
  type,
  name: "it",
  session: "",
  timeoutMs,
  signal: new AbortController().signal,
});
const change = (provider: AwsProvider, olds: ValueMap, news: ValueMap) => {
  const base = { workgroupName: "wg", namespaceName: "ns", arn: "arn:wg" };
  return provider.update({
    ...target(workgroupType),
    id: "wg",
    oldState: properties({ ...base, ...olds }),
    oldInputs: properties(olds),
    news: properties({ workgroupName: "wg", namespaceName: "ns", ...news }),
    ignoreChanges: [],
    preview: false,
  });
};

describe("capacity", () => {
  test.each([
    ["raised: the maximum first", [32, 64], [128, 256], [{ maxCapacity: 256 }, { baseCapacity: 128 }]],
    ["lowered: the base first", [128, 256], [16, 32], [{ baseCapacity: 16 }, { maxCapacity: 32 }]],
    ["without a maximum from now on: that first", [32, 64], [128], [{ maxCapacity: -1 }, { baseCapacity: 128 }]],
    ["with a maximum from now on: that last", [128], [16, 32], [{ baseCapacity: 16 }, { maxCapacity: 32 }]],
  ] as const)("%s, one attribute a call", async (_what, olds, news, calls) => {
    const UpdateWorkgroup = script({ workgroup });
    const capacity = ([baseCapacity, maxCapacity]: readonly [number, number?]): ValueMap =>
      maxCapacity === undefined ? { baseCapacity } : { baseCapacity, maxCapacity };
    await change(
      providerOver({ UpdateWorkgroup, GetWorkgroup: script({ workgroup }) }),
      capacity(olds),
      capacity(news),
    );
    expect(UpdateWorkgroup.inputs).toEqual(calls.map((call) => ({ workgroupName: "wg", ...call })));
  });

  test("the next attribute waits until the one before has settled", async () => {
    let status = "AVAILABLE";
    let asked = 0;
    const provider = providerOver({
      UpdateWorkgroup() {
        if (status !== "AVAILABLE") throw busy;
        status = "MODIFYING";
        asked = 0;
        return { workgroup };
      },
      GetWorkgroup() {
        asked += 1;
        if (asked === 3) status = "AVAILABLE";
        return { workgroup: { ...workgroup, status } };
      },
    });
    await change(
      provider,
      { baseCapacity: 32, maxCapacity: 64, port: 5439 },
      { baseCapacity: 40, maxCapacity: 80, port: 5440 },
    );
    expect(status).toBe("AVAILABLE");
  });
});

describe("conflicts", () => {
  const inputs = { endpointName: "e-1", workgroupName: "wg", subnetIds: ["subnet-1"] };
  const create = (provider: AwsProvider) =>
    provider.create({ ...target(endpointType), news: properties(inputs), preview: false });

  // hashicorp/terraform-provider-aws, internal/service/redshiftserverless/endpoint_access.go: creation retries nothing.
  test("an endpoint is not asked for again while its workgroup changes", async () => {
    const CreateEndpointAccess = script(busy, { endpoint });
    await expect(create(providerOver({ CreateEndpointAccess }))).rejects.toThrow(
      /creating .*Endpoint Access.*ConflictException: There is an operation running/,
    );
    expect(CreateEndpointAccess.inputs).toHaveLength(1);
  });

  test("one that exists already is no conflict that passes", async () => {
    const taken = new AwsError("ConflictException", "The endpoint e-1 already exists.");
    const CreateEndpointAccess = script(taken);
    await expect(create(providerOver({ CreateEndpointAccess }))).rejects.toThrow(/already exists/);
    expect(CreateEndpointAccess.inputs).toHaveLength(1);
  });

  const remove = (provider: AwsProvider) =>
    provider.delete({ ...target(workgroupType), id: "wg", state: properties({ workgroupName: "wg" }) });

  test("a workgroup goes once its endpoints have gone", async () => {
    const held = new AwsError(
      "ConflictException",
      "The workgroup wg has the managed VPC endpoint e-1. Delete it first.",
    );
    const DeleteWorkgroup = script(held, held, { workgroup });
    await remove(providerOver({ DeleteWorkgroup, GetWorkgroup: script({ workgroup }, { workgroup }, gone) }));
    expect(DeleteWorkgroup.inputs).toHaveLength(3);
  });

  test("one that an earlier deletion takes away meanwhile is deleted", async () => {
    const GetWorkgroup = script({ workgroup: { ...workgroup, status: "DELETING" } }, gone);
    await expect(remove(providerOver({ DeleteWorkgroup: script(busy, gone), GetWorkgroup }))).resolves.toBeUndefined();
  });
});

describe("throttling", () => {
  const read = (provider: AwsProvider) =>
    provider.read({ ...target(workgroupType), id: "wg", state: properties({}), inputs: properties({}) });

  test("is sat out", async () => {
    const slow = new AwsError("ThrottlingException", "Rate exceeded");
    const broken = new AwsError("InternalServerException", "Try again.", 500);
    const GetWorkgroup = script(slow, slow, broken, { workgroup });
    expect((await read(providerOver({ GetWorkgroup })))?.id).toBe("wg");
    expect(GetWorkgroup.inputs).toHaveLength(4);
  });

  test("a refusal is told at once", async () => {
    const GetWorkgroup = script(new AwsError("AccessDeniedException", "fleet is not authorized", 403));
    await expect(read(providerOver({ GetWorkgroup }))).rejects.toThrow(
      "reading Redshift Serverless Workgroup (wg): StatusCode: 403, AccessDeniedException: fleet is not authorized",
    );
    expect(GetWorkgroup.inputs).toHaveLength(1);
  });
});
