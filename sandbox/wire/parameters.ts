import { fromServer, message } from "./messages";

/** Start-up parameters PostgreSQL knows; drivers for Redshift send more, which are dropped. */
const understood = new Set([
  "application_name",
  "client_encoding",
  "datestyle",
  "timezone",
  "extra_float_digits",
  "search_path",
  "statement_timeout",
]);

/** Settings a workgroup may carry which PostgreSQL has too; all others exist for SHOW only, as `rs.<name>`. */
const native = new Set([
  "search_path",
  "datestyle",
  "timezone",
  "extra_float_digits",
  "application_name",
  "client_encoding",
  "statement_timeout",
]);

/** What servers say of themselves to drivers for Redshift, beyond what PostgreSQL says. */
const announcements = {
  padb_version: "1.0.113159",
  // 2 would make drivers expect Redshift's extended row descriptions.
  server_protocol_version: "0",
  datashare_enabled: "on",
  external_database: "on",
  show_discovery: "4",
  max_numeric_precision: "38",
  max_varchar_size: "65535",
};

export const announcementMessages: Buffer = Buffer.concat(
  Object.entries(announcements).map(([name, value]) => message(fromServer.parameterStatus, name, value)),
);

/** Reports of PostgreSQL which Redshift does not make. */
export const unreported: ReadonlySet<string> = new Set([
  "in_hot_standby",
  "search_path",
  "scram_iterations",
  "default_transaction_read_only",
]);

export const reportedServerVersion = "8.0.2";

/**
 * The start-up parameters of the connection to PostgreSQL.
 * @param client what the client sent
 * @param workgroup configuration parameters of the workgroup; `max_query_execution_time` is in seconds
 */
export function serverParameters(
  client: ReadonlyMap<string, string>,
  workgroup: Record<string, string>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(workgroup)) {
    if (name === "max_query_execution_time") {
      if (Number(value) > 0) result.statement_timeout = String(Number(value) * 1000);
      set(result, name, value);
    } else if (name === "datestyle") result.datestyle = value;
    else if (/^[a-z_]+$/.test(name)) set(result, name, value);
  }
  for (const [name, value] of optionSettings(client.get("options") ?? "")) set(result, name, value);
  for (const [name, value] of client) if (understood.has(name)) result[name] = value;
  return result;
}

function set(result: Record<string, string>, name: string, value: string): void {
  result[native.has(name) || name.includes(".") ? name : `rs.${name}`] = value;
}

/** `-c name=value` and `--name=value` in the parameter `options`; a backslash keeps the next character. */
export function optionSettings(options: string): [string, string][] {
  const words = [...options.matchAll(/(?:\\.|[^\s\\])+/g)].map(([word]) => word.replace(/\\(.)/g, "$1"));
  const settings: [string, string][] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const text =
      word === "-c" ? words[++i] : word.startsWith("-c") || word.startsWith("--") ? word.slice(2) : undefined;
    const [, name, value] = /^([\w.-]+)=(.*)$/s.exec(text ?? "") ?? [];
    if (name !== undefined && value !== undefined) settings.push([name.toLowerCase().replaceAll("-", "_"), value]);
  }
  return settings;
}
