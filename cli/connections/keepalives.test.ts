import fs from "node:fs";
import path from "node:path";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { type Authority, chooseAddress, connectionStrings, psqlArguments } from "./connection";

// A VPC endpoint forgets a connection after 350 s without a packet. Whatever this project tells people to connect with
// sends one more often.

const longest = 300;

/** How each client's connections begin in code and documents, up to their end, and what they must have. */
const clients: Record<string, { text: RegExp; seconds: (text: string) => number | undefined }> = {
  libpq: {
    text: /\bpsql "[^"\n]*"/g,
    seconds: (text) => (/\bkeepalives=1\b/.test(text) ? numberIn(text, /\bkeepalives_idle=(\d+)/) : undefined),
  },
  // Its time is the system's, which the text around it has to say.
  jdbc: {
    text: /jdbc:(?:redshift|postgresql):\/\/[^\s"`]+/g,
    seconds: (text) => (/[?&]tcpKeepAlive=true\b/.test(text) ? 0 : undefined),
  },
  redshift_connector: {
    text: /redshift_connector\.connect\([^)]*\)?/g,
    seconds: (text) => (/\btcp_keepalive=True\b/.test(text) ? numberIn(text, /\btcp_keepalive_idle=(\d+)/) : undefined),
  },
  "node-postgres": {
    text: /new pg\.(?:Pool|Client)\(\{[\s\S]*?\}\)/g,
    seconds: (text) => {
      const milliseconds = numberIn(text, /\bkeepAliveInitialDelayMillis: ([\d_]+)/);
      return /\bkeepAlive: true\b/.test(text) && milliseconds !== undefined ? milliseconds / 1_000 : undefined;
    },
  },
};

function numberIn(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found.replaceAll("_", ""));
}

/** Every connection in a text, and those of them that are silent for too long. */
function connectionsIn(text: string): { all: string[]; silent: string[] } {
  const found = Object.values(clients).flatMap(({ text: pattern, seconds }) =>
    [...text.matchAll(pattern)].map(([connection]) => ({ connection, seconds: seconds(connection) })),
  );
  return {
    all: found.map(({ connection }) => connection),
    silent: found.flatMap(({ connection, seconds }) =>
      seconds === undefined || seconds > longest ? [connection] : [],
    ),
  };
}

const repository = path.resolve(__dirname, "../..");
const documents = [path.join(repository, "README.md")].concat(
  fs.readdirSync(path.join(repository, "docs")).map((name) => path.join(repository, "docs", name)),
);

test("every connection of the documents has keepalives of 300 s or less", () => {
  const found = documents.map((file) => connectionsIn(fs.readFileSync(file, "utf8")));
  expect(found.flatMap(({ silent }) => silent)).toEqual([]);
  // psql, JDBC, Python and node in the guide.
  expect(found.flatMap(({ all }) => all).length).toBeGreaterThanOrEqual(4);
});

test("where JDBC is shown, so is the system's timer", () => {
  for (const file of documents) {
    const text = fs.readFileSync(file, "utf8");
    if (!clients.jdbc!.text.test(text)) continue;
    expect(numberIn(text, /tcp_keepalive_time=(\d+)/)).toBeLessThanOrEqual(longest);
  }
});

const place = { host: "10.0.0.10", port: 5439, database: "fleet" };
const outputs: StackOutputs = {
  endpoint: { ...place, secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:reader-AbCdEf" },
  producer: { ...place, kind: "serverless", namespaceId: "p", name: "producer", secretArn: "admin" },
  consumers: [],
  datashares: [],
};

const authorities: Authority[] = ["amazon", "unknown", { file: "/sandbox/ca.pem" }];
test.each(authorities)("every string of `fleet connect` and `fleet start` has them (authority: %j)", (authority) => {
  for (const wanted of [{}, { producer: true }]) {
    const strings = connectionStrings(chooseAddress(outputs, wanted), { user: "u", password: "p" }, authority);
    for (const string of Object.values(strings)) {
      const { all, silent } = connectionsIn(string);
      expect(all).toHaveLength(1);
      expect(silent).toEqual([]);
    }
  }
});

test("psql is started with them", () => {
  expect(connectionsIn(`psql "${psqlArguments.join(" ")}"`)).toMatchObject({ all: [expect.anything()], silent: [] });
});

test("a connection without them is found, for every client", () => {
  const bare = [
    'psql "host=h sslmode=require"',
    'psql "host=h keepalives=1 keepalives_idle=600"',
    "jdbc:redshift://h:5439/fleet?ssl=true",
    "redshift_connector.connect(host=h, tcp_keepalive=True)",
    "new pg.Pool({ host, ssl: { ca }, keepAlive: true })",
  ];
  expect(connectionsIn(bare.join("\n")).silent.sort()).toEqual([...bare].sort());
});
