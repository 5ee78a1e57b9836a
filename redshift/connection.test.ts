import fs from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, clientConfig } from "./connection";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

let dir: string;
let server: Server;
let sts: string;
/** What the security token service was asked for. */
let asked: URLSearchParams[];

beforeEach(async () => {
  dir = fs.mkdtempSync(join(tmpdir(), "connection-"));
  asked = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      asked.push(form);
      const action = form.get("Action");
      response.setHeader("content-type", "text/xml");
      response.end(
        `<${action}Response><${action}Result><Credentials><AccessKeyId>from ${action}</AccessKeyId>` +
          "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>" +
          `</Credentials></${action}Result></${action}Response>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  sts = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  fs.rmSync(dir, { recursive: true });
});

function file(name: string, text: string): string {
  fs.writeFileSync(join(dir, name), text);
  return join(dir, name);
}

async function keyOf(connection: Connection): Promise<string | undefined> {
  const { credentials } = clientConfig({ region: "us-east-1", endpoints: { sts }, ...connection }, "redshift-data");
  return (await credentials?.())?.accessKeyId;
}

test("nothing said leaves it to the SDK", () => {
  expect(clientConfig({}, "redshift-data")).toEqual({ maxAttempts: 4 });
});

test("a service's endpoint is its own", () => {
  const connection = {
    region: "us-east-1",
    endpoints: { "redshift-data": "http://data", secretsmanager: "http://secrets" },
  };
  expect(clientConfig(connection, "redshift-data")).toMatchObject({ endpoint: "http://data" });
  expect(clientConfig(connection, "secretsmanager")).toMatchObject({ endpoint: "http://secrets" });
  expect(clientConfig(connection, "redshift-serverless")).not.toHaveProperty("endpoint");
});

test("a profile is looked up in the files named", async () => {
  const sharedCredentialsFile = file(
    "credentials",
    "[fleet]\naws_access_key_id = of the profile\naws_secret_access_key = s\n",
  );
  expect(await keyOf({ profile: "fleet", sharedCredentialsFile, sharedConfigFile: file("config", "") })).toBe(
    "of the profile",
  );
});

test("the environment goes before files where no profile is named, as in the provider", async () => {
  const sharedCredentialsFile = file(
    "credentials",
    "[default]\naws_access_key_id = of the file\naws_secret_access_key = s\n",
  );
  const kept = { ...process.env };
  try {
    process.env.AWS_ACCESS_KEY_ID = "of the environment";
    process.env.AWS_SECRET_ACCESS_KEY = "s";
    expect(await keyOf({ sharedCredentialsFile })).toBe("of the environment");
    delete process.env.AWS_ACCESS_KEY_ID;
    expect(await keyOf({ sharedCredentialsFile })).toBe("of the file");
  } finally {
    process.env = kept;
  }
});

test("an identity provider's token opens a role, and that one the next", async () => {
  const connection: Connection = {
    assumeRoleWithWebIdentity: { roleArn: role("ci"), tokenFile: file("token", "the token"), durationSeconds: 1800 },
    assumeRoles: [{ roleArn: role("deployer"), externalId: "x", tags: { team: "data" } }],
  };
  expect(await keyOf(connection)).toBe("from AssumeRole");
  expect(asked.map((form) => [form.get("Action"), form.get("RoleArn"), form.get("RoleSessionName")])).toEqual([
    ["AssumeRoleWithWebIdentity", role("ci"), "redshift-fleet"],
    ["AssumeRole", role("deployer"), "redshift-fleet"],
  ]);
  expect(asked[0]?.get("WebIdentityToken")).toBe("the token");
  expect(asked[0]?.get("DurationSeconds")).toBe("1800");
  expect(asked[1]?.get("ExternalId")).toBe("x");
  expect(asked[1]?.get("Tags.member.1.Key")).toBe("team");
});
