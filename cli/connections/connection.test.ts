import { execFileSync } from "node:child_process";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import fc from "fast-check";
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

test("a consumer's administrator has a secret of its own", () => {
  const [analytics] = outputs.consumers;
  const fleet = { ...outputs, consumers: [{ ...analytics!, secretArn: "arn:of:admin" }] };
  const wanted = { consumer: "analytics", admin: true };
  expect(chooseAddress(fleet, wanted)).toMatchObject({ host: "10.0.0.3", secretArn: "arn:of:admin" });
  expect(() => chooseAddress(outputs, wanted)).toThrow("deploy it again");
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
  const strings = connectionStrings(chooseAddress(outputs, {}), { user: "reader", secretArn }, "amazon");
  expect(strings.psql).toContain(`get-secret-value --secret-id '${secretArn}'`);
  expect(strings.psql).toContain(
    'psql "host=10.0.0.10 port=5439 dbname=fleet user=reader sslmode=verify-ca sslrootcert=amazon-trust-ca-bundle.crt keepalives=1 keepalives_idle=60"',
  );
  expect(strings.jdbc).toBe("jdbc:redshift://10.0.0.10:5439/fleet?ssl=true&sslmode=verify-ca&tcpKeepAlive=true");
  expect(strings.python).toContain('password=os.environ["PGPASSWORD"]');
  expect(strings.python).toContain('sslmode="verify-ca"');
  expect(strings.node).toContain('ssl: { ca: fs.readFileSync("amazon-trust-ca-bundle.crt", "utf8")');
});

test("names are compared where the certificate has the right one, and only there", () => {
  const node = (wanted: Parameters<typeof chooseAddress>[1], fleet = outputs) =>
    connectionStrings(chooseAddress(fleet, wanted), { user: "reader", secretArn }, "amazon").node;
  const unchecked = "checkServerIdentity: () => undefined";
  expect(node({})).toContain(unchecked);
  expect(node({ consumer: "analytics" })).not.toContain(unchecked);
  expect(node({ producer: true })).not.toContain(unchecked);
  // Without a pool the endpoint is a consumer's own address.
  const [analytics] = outputs.consumers;
  expect(node({}, { ...outputs, endpoint: { ...outputs.endpoint, host: analytics!.host } })).not.toContain(unchecked);
});

test("in the sandbox every client is told the authority's file, and verifies", () => {
  const file = "/tmp/it's a $folder/ca.pem";
  const strings = connectionStrings(chooseAddress(outputs, {}), { user: "reader", password: "p" }, { file });
  const words = execFileSync("sh", ["-c", strings.psql.replace(/.* psql /, "printf %s ")], { encoding: "utf8" });
  expect(words).toContain("sslmode=verify-ca sslrootcert='/tmp/it\\'s a $folder/ca.pem' keepalives");
  expect(strings.jdbc).toContain(`sslmode=verify-ca&sslRootCert=${encodeURI(file)}&`);
  expect(strings.python).toMatch(/^os.environ\["SSL_CERT_FILE"\] = .*; redshift_connector.*sslmode="verify-ca"/);
  expect(strings.node).toContain(`ca: fs.readFileSync(${JSON.stringify(file)}, "utf8")`);
});

test("nothing is verified only where nobody knows the authority", () => {
  const strings = connectionStrings(chooseAddress(outputs, {}), { user: "reader", password: "p" }, "unknown");
  expect(strings.psql).toContain("sslmode=require");
  expect(strings.node).toContain("rejectUnauthorized: false");
});

test("in the sandbox the psql line runs as it is", () => {
  const strings = connectionStrings(
    chooseAddress(outputs, {}),
    { user: "reader", password: "it's $HOME" },
    { file: "/ca.pem" },
  );
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
