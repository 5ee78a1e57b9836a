import path from "node:path";
import { dynamicNeeds, providerNeeds } from "../../cli/ci/actions";
import { ciRoles } from "../../cli/ci/roles";
import { deployMs, type Fleet, repository } from "./support/fleet";
import { run } from "./support/processes";
import { type SharedFleet, sharedFleet } from "./support/shared-fleet";

// What `fleet ci policies` grants, against a fleet that was deployed: what it called, what it consists of.

jest.setTimeout(deployMs);
let shared: SharedFleet;
let fleet: Fleet;
beforeAll(async () => {
  shared = await sharedFleet();
  fleet = shared.fleet;
});

const scope = {
  partition: "aws",
  account: "000000000000",
  region: "us-east-1",
  project: "redshift-fleet",
  stack: "local",
};
const roles = ciRoles({ scope, repository: "acme/warehouse", state: { bucket: "acme-state" } });
const deploy = roles.find(({ variable }) => variable === "DEPLOY_ROLE_ARN")!;
const statements = deploy.policies.flatMap(({ Statement }) => Statement);
/** Anybody may ask who he is: IAM does not look at it. */
const free = ["sts:GetCallerIdentity"];

test("every call of the deployment is among the actions that the deploying role may do", () => {
  const { called } = shared;
  expect(called).toEqual(
    expect.arrayContaining(["redshift-data:ExecuteStatement", "redshift-serverless:CreateWorkgroup"]),
  );
  const allowed = new Set([...statements.flatMap(({ Action }) => Action), ...free]);
  expect(called.filter((action) => !allowed.has(action))).toEqual([]);
});

test("every type of resource in the state has its actions", () => {
  const types = [...new Set(fleet.state().map(({ type }) => type))];
  const dynamic = "pulumi-nodejs:dynamic/redshift:";
  const unknown = types.filter((type) =>
    type.startsWith(dynamic)
      ? !dynamicNeeds[type.slice(dynamic.length)]
      : type.startsWith("aws:") && !providerNeeds[type],
  );
  expect(unknown).toEqual([]);
});

test("every ARN in the state is within the resources that the deploying role may touch", () => {
  const patterns = [...new Set(statements.flatMap(({ Resource }) => Resource))].filter((resource) => resource !== "*");
  const covers = (arn: string) => patterns.some((pattern) => matches(pattern, arn));
  const arns = fleet.state().flatMap(({ outputs }) => {
    const { arn, secretArn, adminPasswordSecretArn } = outputs ?? {};
    return [arn, secretArn, adminPasswordSecretArn].filter((value): value is string => typeof value === "string");
  });
  expect(arns.length).toBeGreaterThan(50);
  expect(arns.filter((arn) => !covers(arn))).toEqual([]);
});

test("`stack.cjs preview --stack local` finds the sandbox by itself", async () => {
  const { REDSHIFT_FLEET_SANDBOX_DIR, PATH, HOME } = fleet.environment;
  const args = [path.join(repository, "scripts/ci/stack.cjs"), "preview", "--stack", "local"];
  const env = { REDSHIFT_FLEET_SANDBOX_DIR, PATH, HOME, NO_COLOR: "1" };
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: repository, env, timeoutMs: deployMs });
  expect(stderr).not.toContain("PULUMI_ACCESS_TOKEN");
  expect({ code, said: code === 0 ? "" : stdout }).toEqual({ code: 0, said: "" });
});

/** IAM's wildcard: `*` is any text. */
function matches(pattern: string, arn: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === arn;
  return arn.startsWith(start) && arn.endsWith(rest.at(-1)!);
}
