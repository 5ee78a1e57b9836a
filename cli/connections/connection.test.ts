import { execFileSync } from "node:child_process";
import fc from "fast-check";
import type { StackOutputs } from "../stack/outputs";
import { chooseAddress, connectionStrings, shellQuote } from "./connection";

const secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:reader-AbCdEf";
const place = { host: "10.0.0.10", port: 5439, database: "fleet" };
const outputs: StackOutputs = {
  endpoint: { ...place, user: "fleet_reader", secretArn },
  readers: {
    fleet_reader: { secretArn, roles: ["reader"], datashares: ["airline"] },
    analyst: { secretArn: "arn:of:analyst", roles: ["reader"], datashares: ["airline"] },
  },
  producer: { ...place, kind: "serverless", namespaceId: "p", name: "producer", host: "10.0.0.2", secretArn: "admin" },
  consumers: [
    {
      ...place,
      name: "analytics",
      kind: "serverless",
      group: "workload",
      namespaceId: "a",
      host: "10.0.0.3",
      addresses: [],
    },
  ],
  datashares: [],
};

test("readers use the endpoint's secret on every consumer", () => {
  expect(chooseAddress(outputs, {})).toMatchObject({ name: "endpoint", host: "10.0.0.10", secretArn });
  expect(chooseAddress(outputs, { consumer: "analytics" })).toMatchObject({ host: "10.0.0.3", secretArn });
  expect(chooseAddress(outputs, { producer: true })).toMatchObject({ host: "10.0.0.2", secretArn: "admin" });
  expect(() => chooseAddress(outputs, { consumer: "bi" })).toThrow("There is no consumer bi. There are: analytics.");
});

test("any reader may be named, on every address; unknown ones are answered with the names that there are", () => {
  expect(chooseAddress(outputs, { user: "analyst" })).toMatchObject({ host: "10.0.0.10", secretArn: "arn:of:analyst" });
  expect(chooseAddress(outputs, { user: "analyst", consumer: "analytics" })).toMatchObject({
    host: "10.0.0.3",
    secretArn: "arn:of:analyst",
  });
  expect(() => chooseAddress(outputs, { user: "bi" })).toThrow(
    "There is no reader bi. There are: analyst, fleet_reader.",
  );
  const { readers: _, ...older } = outputs;
  expect(() => chooseAddress(older, { user: "analyst" })).toThrow("Deploy it");
});

test("on AWS no string holds a password, and certificates are verified", () => {
  const strings = connectionStrings(chooseAddress(outputs, {}), { user: "reader", secretArn }, false);
  expect(strings.psql).toContain(`get-secret-value --secret-id '${secretArn}'`);
  expect(strings.psql).toContain(
    'psql "host=10.0.0.10 port=5439 dbname=fleet user=reader sslmode=require keepalives=1 keepalives_idle=60"',
  );
  expect(strings.jdbc).toBe("jdbc:redshift://10.0.0.10:5439/fleet?ssl=true&sslmode=verify-ca&tcpKeepAlive=true");
  expect(strings.python).toContain('password=os.environ["PGPASSWORD"]');
  expect(strings.node).toContain("rejectUnauthorized: true");
});

test("names are compared where the certificate has the right one, and only there", () => {
  const node = (wanted: Parameters<typeof chooseAddress>[1], fleet = outputs) =>
    connectionStrings(chooseAddress(fleet, wanted), { user: "reader", secretArn }, false).node;
  const unchecked = "ssl: { rejectUnauthorized: true, checkServerIdentity: () => undefined }";
  expect(node({})).toContain(unchecked);
  expect(node({ consumer: "analytics" })).toContain("ssl: { rejectUnauthorized: true }");
  expect(node({ producer: true })).toContain("ssl: { rejectUnauthorized: true }");
  // Without a pool the endpoint is a consumer's own address.
  const [analytics] = outputs.consumers;
  expect(node({}, { ...outputs, endpoint: { ...outputs.endpoint, host: analytics!.host } })).not.toContain(unchecked);
});

test("in the sandbox the psql line runs as it is", () => {
  const strings = connectionStrings(chooseAddress(outputs, {}), { user: "reader", password: "it's $HOME" }, true);
  const line = strings.psql.replace(/ psql .*/, " sh -c 'printf %s \"$PGPASSWORD\"'");
  expect(execFileSync("sh", ["-c", line], { encoding: "utf8" })).toBe("it's $HOME");
});

test("words survive a shell", () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !text.includes("\0")),
      (word) => {
        expect(execFileSync("sh", ["-c", `printf %s ${shellQuote(word)}`], { encoding: "utf8" })).toBe(word);
      },
    ),
    { numRuns: 25 },
  );
});
