import { unknownStringValue } from "@pulumi/policy/proxy";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import struct from "google-protobuf/google/protobuf/struct_pb";
import { customerManagedKms } from "../encryption/customer-managed-kms";
import { subnetPrefix } from "../network/subnet-prefix";
import { threeAvailabilityZones } from "../network/three-availability-zones";
import { workgroupRequireSsl } from "../serverless/workgroup-require-ssl";
import { call, makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } from "../testing/sdk-rpc";
import type { Policy } from "./policy";
import { toSdk } from "./sdk";
import { setWaivers } from "./waivers";

// These tests go through the SDK's own functions, so that they notice when it reports or decodes otherwise than we think.

interface Seen {
  policy: string;
  level: number;
  urn: string;
  text: string;
}
const { ADVISORY, MANDATORY } = analyzer.EnforcementLevel;
const urn = (type: string, name: string) => `urn:pulumi:dev::fleet::${type}::${name}`;
const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";

function stackResource(type: string, name: string, props: Record<string, struct.JavaScriptValue>, vpc?: string) {
  const resource = new analyzer.AnalyzerResource();
  resource.setType(type);
  resource.setName(name);
  resource.setUrn(urn(type, name));
  resource.setProperties(struct.Struct.fromJavaScript(props));
  resource.setOptions(new analyzer.AnalyzerResourceOptions());
  if (vpc) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.addUrns(urn(vpcType, vpc));
    resource.getPropertydependenciesMap().set("vpcId", dependencies);
  }
  return resource;
}

function request(type: string, name: string, props: Record<string, struct.JavaScriptValue>) {
  const message = new analyzer.AnalyzeRequest();
  message.setType(type);
  message.setName(name);
  message.setUrn(urn(type, name));
  message.setProperties(struct.Struct.fromJavaScript(props));
  message.setOptions(new analyzer.AnalyzerResourceOptions());
  return message;
}

function seen(response: analyzer.AnalyzeResponse): Seen[] {
  return response.getDiagnosticsList().map((one) => ({
    policy: one.getPolicyname(),
    level: one.getEnforcementlevel(),
    urn: one.getUrn(),
    text: one.getMessage(),
  }));
}

async function analyzeStack(policy: Policy, resources: analyzer.AnalyzerResource[]): Promise<Seen[]> {
  const message = new analyzer.AnalyzeStackRequest();
  message.setResourcesList(resources);
  return seen(await call(makeAnalyzeStackRpcFun("fleet", "1.0.0", "advisory", [toSdk(policy)]), message));
}

async function analyze(policy: Policy, message: analyzer.AnalyzeRequest): Promise<Seen[]> {
  return seen(await call(makeAnalyzeRpcFun("fleet", "1.0.0", "advisory", [toSdk(policy)]), message));
}

afterEach(() => setWaivers([]));

describe("through the SDK", () => {
  test("reports a violation at the policy's level, with the value and the remedy", async () => {
    const [found] = await analyze(subnetPrefix, request(subnetType, "small", { cidrBlock: "10.0.0.0/24" }));
    expect(found).toMatchObject({ policy: "subnet-prefix", level: MANDATORY });
    expect(found!.text).toMatch(/10\.0\.0\.0\/24.*\nMend: /);
  });

  test("reports what is not known as a note, though the policy is mandatory", async () => {
    const found = await analyze(subnetPrefix, request(subnetType, "later", { cidrBlock: unknownStringValue }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ level: ADVISORY });
    expect(found[0]!.text).toMatch(/undecided, since cidrBlock/);
  });

  test("does not let one resource's unknown hide another's violation", async () => {
    const found = await analyzeStack(threeAvailabilityZones, [
      stackResource(vpcType, "first", { cidrBlock: "10.0.0.0/16" }),
      stackResource(vpcType, "second", { cidrBlock: "10.1.0.0/16" }),
      ...["a", "b", "c"].map((name) =>
        stackResource(subnetType, name, { availabilityZone: unknownStringValue }, "first"),
      ),
      stackResource(subnetType, "d", { availabilityZone: "us-east-1a" }, "second"),
    ]);
    expect(found.find((one) => one.urn === urn(vpcType, "first"))).toMatchObject({ level: ADVISORY });
    expect(found.find((one) => one.urn === urn(vpcType, "second"))).toMatchObject({ level: MANDATORY });
  });

  test("decides that a key is given before the key exists", async () => {
    const namespace = "aws:redshiftserverless/namespace:Namespace";
    expect(await analyze(customerManagedKms, request(namespace, "n", { kmsKeyId: unknownStringValue }))).toEqual([]);
    expect(await analyze(customerManagedKms, request(namespace, "n", {}))).toHaveLength(1);
  });

  test("reports a waived violation as a note", async () => {
    const until = { policy: "subnet-prefix", resource: "*::small", reason: "lab", owner: "me", expires: "2999-01-01" };
    setWaivers([until]);
    const found = await analyze(subnetPrefix, request(subnetType, "small", { cidrBlock: "10.0.0.0/24" }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ level: ADVISORY });
    expect(found[0]!.text).toMatch(/Waived until 2999-01-01 by me: lab/);
  });

  test("remedies without losing unknown or secret values", async () => {
    const policy = { ...workgroupRequireSsl, level: "remediate" as const };
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };
    const message = request("aws:redshiftserverless/workgroup:Workgroup", "w", {
      workgroupName: secret,
      namespaceName: unknownStringValue,
      configParameters: [
        { parameterKey: "search_path", parameterValue: secret },
        { parameterKey: "require_ssl", parameterValue: "false" },
      ],
    });
    const rpc = makeRemediateRpcFun("fleet", "1.0.0", "advisory", [toSdk(policy)]);
    const response = await call(rpc, message);
    const [remedy] = response.getRemediationsList();
    expect(remedy!.getProperties()!.toJavaScript()).toEqual({
      workgroupName: secret,
      namespaceName: unknownStringValue,
      configParameters: [
        { parameterKey: "search_path", parameterValue: secret },
        { parameterKey: "require_ssl", parameterValue: "true" },
      ],
    });
  });
});
