import type { ConsumerOutput, StackOutputs } from "../stack/outputs";
import { Problem } from "../terminal/terminal";
import type { Login } from "./secrets";

/** An address that SQL clients can be pointed at. */
export interface Address {
  /** "endpoint", "producer" or a consumer's name. */
  name: string;
  host: string;
  port: number;
  database: string;
  /** The secret of who logs in there. */
  secretArn: string;
}

/** The address asked for: the readers' one unless something else is named. */
export function chooseAddress(outputs: StackOutputs, wanted: { consumer?: string; producer?: boolean }): Address {
  if (wanted.producer) return { ...outputs.producer, name: "producer" };
  if (wanted.consumer === undefined) return { ...outputs.endpoint, name: "endpoint" };
  const consumer = outputs.consumers.find(({ name }) => name === wanted.consumer);
  if (!consumer) {
    const names = outputs.consumers.map(({ name }) => name).join(", ");
    throw new Problem(`There is no consumer ${wanted.consumer}. There are: ${names}.`);
  }
  return addressOf(consumer, outputs);
}

/** Readers are the same on every consumer, so that the endpoint's secret opens each of them. */
export function addressOf(consumer: ConsumerOutput, outputs: StackOutputs): Address {
  const { name, host, port, database } = consumer;
  return { name, host, port, database, secretArn: outputs.endpoint.secretArn };
}

/** How a login is shown: in clear only where everything is local, else by how to get it. */
export type Shown = { user: string; password: string } | { user: string; secretArn: string };

export interface Strings {
  psql: string;
  jdbc: string;
  python: string;
  node: string;
}

/**
 * Strings to paste. The password never stands in a URL: it would end in histories and process lists. In the sandbox it
 * is shown as a variable before the command, since it opens nothing but this machine's sample data.
 */
export function connectionStrings(address: Address, login: Shown, sandbox: boolean): Strings {
  const { host, port, database } = address;
  const password = "password" in login ? shellQuote(login.password) : `"$(${passwordCommand(login.secretArn)})"`;
  const python = [
    `host="${host}", port=${port}, database="${database}", user="${login.user}"`,
    `password=${"password" in login ? JSON.stringify(login.password) : 'os.environ["PGPASSWORD"]'}`,
    // The driver trusts Amazon's certificates only, and the sandbox has its own.
    ...(sandbox ? ["ssl=False"] : []),
  ].join(", ");
  const jdbcOptions = sandbox
    ? "?ssl=true&sslfactory=com.amazon.redshift.ssl.NonValidatingFactory"
    : "?ssl=true&sslmode=verify-ca";
  const node = [
    `host: "${host}", port: ${port}, database: "${database}", user: "${login.user}"`,
    `password: ${"password" in login ? JSON.stringify(login.password) : "process.env.PGPASSWORD"}`,
    `ssl: { rejectUnauthorized: ${!sandbox} }`,
  ].join(", ");
  return {
    psql: `PGPASSWORD=${password} psql "host=${host} port=${port} dbname=${database} user=${login.user} sslmode=require"`,
    jdbc: `jdbc:redshift://${host}:${port}/${database}${jdbcOptions}`,
    python: `redshift_connector.connect(${python})`,
    node: `new pg.Client({ ${node} })`,
  };
}

function passwordCommand(secretArn: string): string {
  return `aws secretsmanager get-secret-value --secret-id '${secretArn}' --query SecretString --output text | jq -r .password`;
}

/** Quotes a word for a POSIX shell; words that need no quotes are left alone. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What libpq reads from its environment: nothing of it shows in a process list. */
export function psqlEnvironment(address: Address, login: Login): Record<string, string> {
  return {
    PGHOST: address.host,
    PGPORT: String(address.port),
    PGDATABASE: address.database,
    PGUSER: login.username,
    PGPASSWORD: login.password,
    PGSSLMODE: "require",
  };
}
