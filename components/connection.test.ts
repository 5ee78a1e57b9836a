import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { configuredConnection, connectionOf } from "./connection";
import { known, Recorder } from "./testing/recorder";

const config = (values: Record<string, unknown>) =>
  pulumi.runtime.setAllConfig(
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        `aws:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
afterEach(() => pulumi.runtime.setAllConfig({}));

const role = "arn:aws:iam::123456789012:role/deployer";

describe("the connection of the default provider", () => {
  test("is that of the environment where nothing is configured", () => {
    config({ region: "eu-central-1" });
    expect(configuredConnection()).toEqual({ region: "eu-central-1" });
  });

  test("carries names of files, profiles, roles and endpoints", () => {
    config({
      region: "eu-central-1",
      profile: "fleet",
      stsRegion: "us-east-1",
      sharedConfigFiles: ["/ci/config"],
      sharedCredentialsFiles: ["/ci/credentials"],
      assumeRoleWithWebIdentity: {
        roleArn: role,
        webIdentityTokenFile: "/ci/token",
        sessionName: "ci",
        duration: "1h30m",
      },
      assumeRoles: [{ roleArn: role, externalId: "x", duration: "900s", tags: { team: "data" } }, {}],
      endpoints: [{ redshiftdata: "http://127.0.0.1:1", ec2: "http://127.0.0.1:2" }, { elbv2: "http://127.0.0.1:3" }],
    });
    expect(configuredConnection()).toEqual({
      region: "eu-central-1",
      profile: "fleet",
      stsRegion: "us-east-1",
      sharedConfigFile: "/ci/config",
      sharedCredentialsFile: "/ci/credentials",
      assumeRoleWithWebIdentity: { roleArn: role, tokenFile: "/ci/token", sessionName: "ci", durationSeconds: 5400 },
      assumeRoles: [{ roleArn: role, externalId: "x", durationSeconds: 900, tags: { team: "data" } }],
      endpoints: { "redshift-data": "http://127.0.0.1:1", elasticloadbalancing: "http://127.0.0.1:3" },
    });
  });

  test.each([
    [{ accessKey: "AKIA", secretKey: "s" }, /aws:accessKey and aws:secretKey cannot be used/],
    [
      { assumeRoleWithWebIdentity: { roleArn: role, webIdentityToken: "ey.secret" } },
      /webIdentityToken cannot be used .* set webIdentityTokenFile instead/,
    ],
    [{ sharedConfigFiles: ["/a", "/b"] }, /aws:sharedConfigFiles must name one file/],
  ])("refuses %j, never naming the secret", (values, message) => {
    config(values);
    expect(configuredConnection).toThrow(message);
    expect(configuredConnection).not.toThrow(/ey\.secret/);
  });
});

test("a component's explicit provider is who its operations are sent as", async () => {
  const recorder = Recorder.start();
  class Holder extends pulumi.ComponentResource {
    readonly connection = connectionOf(this);
  }
  const provider = new Provider("other", {
    region: "us-west-2",
    sharedConfigFiles: ["/ci/config"],
    assumeRoles: [{ roleArn: role }],
    assumeRoleWithWebIdentity: { roleArn: role, webIdentityTokenFile: "/ci/token" },
    endpoints: [{ sts: "http://127.0.0.1:4" }],
  });
  const holder = new Holder("test:index:Holder", "holder", {}, { providers: { aws: provider } });
  expect(await known(holder.connection)).toEqual({
    region: "us-west-2",
    sharedConfigFile: "/ci/config",
    assumeRoles: [{ roleArn: role }],
    assumeRoleWithWebIdentity: { roleArn: role, tokenFile: "/ci/token" },
    endpoints: { sts: "http://127.0.0.1:4" },
  });
  await recorder.settled();
});
