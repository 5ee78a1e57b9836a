import type { ConsumerOutput, StackOutputs } from "../stack/outputs";
import { Problem } from "../terminal/terminal";
import { readerSecret } from "./readers";
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
  /** Whether a balancer answers there: certificates are those of the consumers behind it, and name them. */
  balanced: boolean;
}

/** Seconds without a packet before a client's system sends one. Endpoints in AWS's network forget a connection after 350. */
const keepaliveSeconds = 60;

/** Parameters of libpq, which has no environment variables for them. https://www.postgresql.org/docs/current/libpq-connect.html */
const libpqKeepalives = `keepalives=1 keepalives_idle=${keepaliveSeconds}`;

/** A consumer by its name in the stack, or by its workgroup's. */
function consumerNamed(wanted: string, { consumers }: StackOutputs): ConsumerOutput {
  const consumer = consumers.find(({ name, workgroup }) => name === wanted || workgroup === wanted);
  if (consumer) return consumer;
  throw new Problem(`There is no consumer ${wanted}. There are: ${consumers.map(({ name }) => name).join(", ")}.`);
}

/** What is asked for: an address, and the reader who connects there. */
export interface Wanted {
  consumer?: string;
  producer?: boolean;
  user?: string;
}

/** The address asked for: the readers' one, as the reader it is for, unless something else is named. */
export function chooseAddress(outputs: StackOutputs, wanted: Wanted): Address {
  if (wanted.producer) return { ...outputs.producer, name: "producer", balanced: false };
  const secretArn = readerSecret(outputs, wanted.user);
  if (wanted.consumer !== undefined) return addressOf(consumerNamed(wanted.consumer, outputs), secretArn);
  const { endpoint } = outputs;
  const balanced = !outputs.consumers.some(({ host }) => host === endpoint.host);
  return { ...endpoint, name: "endpoint", secretArn, balanced };
}

/** Readers are the same on every consumer, so that a reader's secret opens each of them. */
export function addressOf({ name, host, port, database }: ConsumerOutput, secretArn: string): Address {
  return { name, host, port, database, secretArn, balanced: false };
}

/** How a login is shown: in clear only where everything is local, else by how to get it. */
export type Shown = { user: string; password: string } | { user: string; secretArn: string };

export interface Strings {
  psql: string;
  /**
   * The driver switches keepalives on and leaves their time to the system: of its documented `TCPKeepAliveMinutes` its
   * source knows nothing (aws/amazon-redshift-jdbc-driver, RedshiftProperty.java and ConnectionFactoryImpl.java).
   */
  jdbc: string;
  python: string;
  node: string;
}

/** What has to be set beside the JDBC string, once on a client's machine. */
export const systemKeepalives = `sysctl -w net.ipv4.tcp_keepalive_time=${keepaliveSeconds}`;

/**
 * Strings to paste, all with TCP keepalives: a query that sends nothing for 350 s loses a connection that has none. The password never stands in a URL: it would end in histories and process lists. In the sandbox it
 * is shown as a variable before the command, since it opens nothing but this machine's sample data.
 */
export function connectionStrings(address: Address, login: Shown, sandbox: boolean): Strings {
  const { host, port, database } = address;
  const password = "password" in login ? shellQuote(login.password) : `"$(${passwordCommand(login.secretArn)})"`;
  const python = [
    `host="${host}", port=${port}, database="${database}", user="${login.user}"`,
    `password=${"password" in login ? JSON.stringify(login.password) : 'os.environ["PGPASSWORD"]'}`,
    `tcp_keepalive=True, tcp_keepalive_idle=${keepaliveSeconds}`,
    // The driver trusts Amazon's certificates only, and the sandbox has its own.
    ...(sandbox ? ["ssl=False"] : []),
  ].join(", ");
  const jdbcOptions = sandbox
    ? "?ssl=true&sslfactory=com.amazon.redshift.ssl.NonValidatingFactory"
    : "?ssl=true&sslmode=verify-ca";
  const tls = [
    `rejectUnauthorized: ${!sandbox}`,
    // The driver would hold the balancer's name against the certificate of a consumer, which is Amazon's all the same.
    ...(address.balanced && !sandbox ? ["checkServerIdentity: () => undefined"] : []),
  ];
  const node = [
    `host: "${host}", port: ${port}, database: "${database}", user: "${login.user}"`,
    `password: ${"password" in login ? JSON.stringify(login.password) : "process.env.PGPASSWORD"}`,
    `ssl: { ${tls.join(", ")} }`,
    `keepAlive: true, keepAliveInitialDelayMillis: ${keepaliveSeconds * 1_000}`,
  ].join(", ");
  return {
    psql: `PGPASSWORD=${password} psql "host=${host} port=${port} dbname=${database} user=${login.user} sslmode=require ${libpqKeepalives}"`,
    jdbc: `jdbc:redshift://${host}:${port}/${database}${jdbcOptions}&tcpKeepAlive=true`,
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

/** What psql is started with before a user's own arguments. */
export const psqlArguments = ["-d", libpqKeepalives];

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
