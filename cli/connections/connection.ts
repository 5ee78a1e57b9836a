import type { ConsumerOutput, Login, StackOutputs } from "@redshift-fleet/redshift/fleet";
import { Problem } from "../terminal/terminal";
import { readerSecret } from "./readers";

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
  /** As the consumer's own administrator. */
  admin?: boolean;
  user?: string;
}

/** The address asked for: the readers' one, as the reader it is for, unless something else is named. */
export function chooseAddress(outputs: StackOutputs, wanted: Wanted): Address {
  if (wanted.producer) return { ...outputs.producer, name: "producer", balanced: false };
  if (wanted.consumer !== undefined) {
    const consumer = consumerNamed(wanted.consumer, outputs);
    return addressOf(consumer, wanted.admin ? adminSecret(consumer) : readerSecret(outputs, wanted.user));
  }
  const secretArn = readerSecret(outputs, wanted.user);
  const { endpoint } = outputs;
  const balanced = !outputs.consumers.some(({ host }) => host === endpoint.host);
  return { ...endpoint, name: "endpoint", secretArn, balanced };
}

function adminSecret({ name, secretArn }: ConsumerOutput): string {
  if (secretArn !== undefined) return secretArn;
  throw new Problem(`The stack does not say the secret of ${name}'s administrator: deploy it again.`);
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
 * Who signed a warehouse's certificate: Amazon, or the sandbox's authority, whose file is somewhere on this machine.
 * `unknown` where a sandbox is reached by variables alone, which do not say where its file is.
 */
export type Authority = "amazon" | "unknown" | { file: string };

/** AWS's bundle of the authorities; psql and node-postgres need it as a file. https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html */
const amazonBundle = "amazon-trust-ca-bundle.crt";
export const fetchAmazonBundle = `curl -O https://s3.amazonaws.com/redshift-downloads/${amazonBundle}`;

/**
 * Strings to paste, all with TCP keepalives: a query that sends nothing for 350 s loses a connection that has none.
 * Certificates are verified wherever the authority is known. On AWS the password never stands in a string: it would end
 * in histories and process lists. In the sandbox it opens nothing but this machine's sample data.
 */
export function connectionStrings(address: Address, login: Shown, authority: Authority): Strings {
  const { host, port, database } = address;
  const password = "password" in login ? shellQuote(login.password) : `"$(${passwordCommand(login.secretArn)})"`;
  const tls = tlsOptions(address, authority);
  const python = [
    `host="${host}", port=${port}, database="${database}", user="${login.user}"`,
    `password=${"password" in login ? JSON.stringify(login.password) : 'os.environ["PGPASSWORD"]'}`,
    `tcp_keepalive=True, tcp_keepalive_idle=${keepaliveSeconds}`,
    tls.python,
  ].join(", ");
  const node = [
    `host: "${host}", port: ${port}, database: "${database}", user: "${login.user}"`,
    `password: ${"password" in login ? JSON.stringify(login.password) : "process.env.PGPASSWORD"}`,
    `ssl: { ${tls.node} }`,
    `keepAlive: true, keepAliveInitialDelayMillis: ${keepaliveSeconds * 1_000}`,
  ].join(", ");
  return {
    psql: `PGPASSWORD=${password} psql "host=${host} port=${port} dbname=${database} user=${login.user} ${tls.libpq} ${libpqKeepalives}"`,
    jdbc: `jdbc:redshift://${host}:${port}/${database}?ssl=true&${tls.jdbc}&tcpKeepAlive=true`,
    python: `${tls.beforePython}redshift_connector.connect(${python})`,
    node: `new pg.Client({ ${node} })`,
  };
}

/** What makes each client verify the certificate; names are compared only where the certificate has the right one. */
function tlsOptions({ balanced }: Address, authority: Authority) {
  if (authority === "unknown")
    return {
      libpq: "sslmode=require",
      jdbc: "sslfactory=com.amazon.redshift.ssl.NonValidatingFactory",
      beforePython: "",
      python: "ssl=False",
      node: "rejectUnauthorized: false",
    };
  const file = authority === "amazon" ? amazonBundle : authority.file;
  // The driver would hold the balancer's name against the certificate of the consumer that answers.
  const names = balanced ? ", checkServerIdentity: () => undefined" : "";
  return {
    libpq: `sslmode=verify-ca sslrootcert=${quoteParameter(file)}`,
    jdbc: `sslmode=verify-ca${authority === "amazon" ? "" : `&sslRootCert=${encodeURI(file)}`}`,
    // redshift_connector brings Amazon's authorities; others come from where OpenSSL looks.
    beforePython: authority === "amazon" ? "" : `os.environ["SSL_CERT_FILE"] = ${JSON.stringify(file)}; `,
    python: 'sslmode="verify-ca"',
    node: `ca: fs.readFileSync(${JSON.stringify(file)}, "utf8")${names}`,
  };
}

/** A value of libpq's, inside double quotes of a shell. */
function quoteParameter(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value)
    ? value
    : `'${value.replaceAll(/['\\]/g, "\\$&").replaceAll(/["$`\\]/g, "\\$&")}'`;
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
export function psqlEnvironment(address: Address, login: Login, authority: Authority): Record<string, string> {
  return {
    PGHOST: address.host,
    PGPORT: String(address.port),
    PGDATABASE: address.database,
    PGUSER: login.username,
    PGPASSWORD: login.password,
    ...verification(authority),
  };
}

/** Verified where the authority's file is here; on AWS where whoever calls names it (PGSSLROOTCERT). */
function verification(authority: Authority): Record<string, string> {
  const file = typeof authority === "object" ? authority.file : process.env.PGSSLROOTCERT;
  return file ? { PGSSLMODE: "verify-ca", PGSSLROOTCERT: file } : { PGSSLMODE: "require" };
}
