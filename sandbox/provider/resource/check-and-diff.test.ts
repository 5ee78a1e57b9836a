import { catalogue } from "../../services";
import type { CheckRequest } from "../grpc/provider";
import { Unknown, type ValueMap } from "../values";
import { checkInputs } from "./check";
import { diffResource } from "./diff";

const target = (type: string) => ({
  urn: `urn:pulumi:s::p::${type}::res`,
  type,
  name: "res",
  session: "",
  signal: new AbortController().signal,
});
const properties = (values: ValueMap) => ({ values, secrets: new Set<string>() });

function check(
  type: string,
  news: ValueMap,
  options: Partial<CheckRequest> & { defaultTags?: Record<string, string> } = {},
) {
  const { defaultTags = {}, ...rest } = options;
  const request = {
    ...target(type),
    olds: properties({}),
    news: properties(news),
    randomSeed: new Uint8Array([1]),
    ...rest,
  };
  return checkInputs(catalogue.resources.get(type)!, request, defaultTags);
}

function diff(type: string, state: ValueMap, news: ValueMap, ignoreChanges: string[] = []) {
  const request = {
    ...target(type),
    id: "id",
    oldState: properties(state),
    oldInputs: properties({}),
    news: properties(news),
    ignoreChanges,
  };
  return diffResource(catalogue.resources.get(type)!, request);
}

const vpc = "aws:ec2/vpc:Vpc";
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const group = "aws:ec2/securityGroup:SecurityGroup";
const workgroup = "aws:redshiftserverless/workgroup:Workgroup";

describe("Check", () => {
  test.each<[string, string, ValueMap, string, RegExp]>([
    ["a block that is too large", vpc, { cidrBlock: "10.0.0.0/8" }, "cidrBlock", /\/16 to \/28/],
    ["no CIDR", vpc, { cidrBlock: "ten" }, "cidrBlock", /valid IPv4 CIDR/],
    [
      "a wrong type",
      vpc,
      { cidrBlock: "10.0.0.0/16", enableDnsSupport: "yes" },
      "enableDnsSupport",
      /expected a boolean/,
    ],
    ["a missing argument", "aws:ec2/subnet:Subnet", { cidrBlock: "10.0.0.0/24" }, "vpcId", /required/],
    [
      "two peers",
      rule,
      { securityGroupId: "sg", ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8", prefixListId: "pl" },
      "prefixListId",
      /exactly one/,
    ],
    [
      "ports upside down",
      rule,
      { securityGroupId: "sg", ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8", fromPort: 9, toPort: 1 },
      "toPort",
      /below/,
    ],
    ["a port out of range", workgroup, { workgroupName: "abc", namespaceName: "abc", port: 80 }, "port", /5431/],
    [
      "an unknown parameter",
      workgroup,
      { workgroupName: "abc", namespaceName: "abc", configParameters: [{ parameterKey: "x", parameterValue: "1" }] },
      "configParameters",
      /parameterKey/,
    ],
    ["broken JSON", "aws:iam/role:Role", { assumeRolePolicy: "{" }, "assumeRolePolicy", /invalid JSON/],
    ["a key's window", "aws:kms/key:Key", { deletionWindowInDays: 3 }, "deletionWindowInDays", /7 - 30/],
    [
      "an idle timeout on TLS",
      "aws:lb/listener:Listener",
      { loadBalancerArn: "a", protocol: "TLS", defaultActions: [{ type: "forward" }], tcpIdleTimeoutSeconds: 60 },
      "tcpIdleTimeoutSeconds",
      /only TCP/,
    ],
  ])("refuses %s", (_what, type, inputs, property, reason) => {
    expect(check(type, inputs).failures).toContainEqual({ property, reason: expect.stringMatching(reason) });
  });

  test("lets unknowns through and names what it filled in", () => {
    const { inputs, failures } = check(group, { vpcId: Unknown.value });
    expect(failures).toEqual([]);
    expect(inputs.name).toMatch(/^res-[0-9a-f]{7}$/);
    expect(inputs.__defaults).toEqual(["description", "name", "revokeRulesOnDelete"]);
    expect(check(group, { vpcId: Unknown.value }).inputs.name).toBe(inputs.name);
  });

  test("keeps a made-up name, and gives way to one of the program's", () => {
    const olds = properties({ name: "res-abcdef0", __defaults: ["name"] });
    expect(check(group, {}, { olds, randomSeed: new Uint8Array([9]) }).inputs.name).toBe("res-abcdef0");
    expect(check(group, { name: "mine" }, { olds }).inputs.name).toBe("mine");
    expect(check(group, { namePrefix: "pre" }, {}).inputs.name).toMatch(/^pre[0-9a-f]{26}$/);
    const disabled = { proposedName: "", mode: "disable" as const };
    expect(check(group, {}, { autonaming: disabled }).inputs.name).toBeUndefined();
  });

  test("merges the provider's tags under the resource's own", () => {
    const { inputs } = check(
      vpc,
      { cidrBlock: "10.0.0.0/16", tags: { a: "own" } },
      { defaultTags: { a: "d", b: "d" } },
    );
    expect(inputs.tagsAll).toEqual({ a: "own", b: "d" });
    expect(inputs.tags).toEqual({ a: "own" });
    expect(check(vpc, { tags: Unknown.value, cidrBlock: "10.0.0.0/16" }).inputs.tagsAll).toBe(Unknown.value);
  });
});

describe("Diff", () => {
  test("computed, empty and reordered values are no difference", () => {
    const state = {
      cidrBlock: "10.0.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      instanceTenancy: "default",
      ipv6CidrBlock: "",
      tags: {},
      tagsAll: {},
    };
    expect(
      diff(vpc, state, { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, instanceTenancy: "default" }).details,
    ).toEqual({});
    const groups = { workgroupName: "w", namespaceName: "n", subnetIds: ["a", "b"] };
    expect(diff(workgroup, { ...groups, subnetIds: ["b", "a"] }, groups).details).toEqual({});
  });

  test("tells updates, replacements and each tag apart", () => {
    const state = {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      instanceTenancy: "default",
      tags: { a: "1", b: "1" },
      tagsAll: {},
    };
    const news = {
      cidrBlock: "10.1.0.0/16",
      enableDnsSupport: false,
      instanceTenancy: "default",
      tags: { a: "2", "c d": "1" },
    };
    expect(diff(vpc, state, news).details).toEqual({
      cidrBlock: "update-replace",
      enableDnsSupport: "update",
      "tags.a": "update",
      "tags.b": "delete",
      'tags["c d"]': "add",
    });
    expect(diff(vpc, state, news, ["cidrBlock", "tags"]).details).toEqual({ enableDnsSupport: "update" });
  });

  test("an unknown may change anything, a policy is compared by meaning", () => {
    expect(
      diff(workgroup, { namespaceName: "n", workgroupName: "w" }, { namespaceName: Unknown.value, workgroupName: "w" })
        .details,
    ).toEqual({ namespaceName: "update-replace" });
    const policy = (text: string) => ({ resourceArn: "arn", policy: text });
    const type = "aws:redshiftserverless/resourcePolicy:ResourcePolicy";
    expect(diff(type, policy('{"A":["x"],"B":1}'), policy('{ "B": 1, "A": "x" }')).details).toEqual({});
    expect(diff(type, policy('{"A":"x"}'), policy('{"A":"y"}')).details).toEqual({ policy: "update" });
  });

  test("a resource with a name of the program's own goes before its successor comes", () => {
    const state = { name: "mine", description: "one", vpcId: "v", revokeRulesOnDelete: false };
    const news = { ...state, description: "two" };
    expect(diff(group, state, { ...news, __defaults: [] }).deleteBeforeReplace).toBe(true);
    expect(diff(group, state, { ...news, __defaults: ["name"] }).deleteBeforeReplace).toBe(false);
  });
});
