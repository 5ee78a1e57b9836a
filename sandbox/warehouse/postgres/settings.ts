/** Name of the bootstrap superuser: the sandbox itself, never a client. Redshift hides a user of this name as well. */
export const superuser = "rdsdb";

/** The database from which others are copied. It must be free of connections then, so only short work is done in it. */
export const maintenanceDatabase = "template1";

/** Clients connect through the front only, so the port is nothing but a part of the socket's file name. */
export const socketPort = 5432;

/**
 * Server settings. Memory is kept small because a fleet is dozens of servers on one machine. `fsync` is off: what must
 * survive is a killed process, not a power cut, and the kernel keeps what was written; for the same reason
 * `synchronous_commit` and `full_page_writes` stay on.
 */
export const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  max_connections: "300",
  // Tables of locks and of pending reads and writes are sized by connections times these, and touched at the start: with
  // PostgreSQL's own defaults each server is 10 MB larger.
  max_locks_per_transaction: "16",
  max_pred_locks_per_transaction: "10",
  io_max_concurrency: "1",
  shared_buffers: "16MB",
  work_mem: "8MB",
  maintenance_work_mem: "16MB",
  wal_buffers: "256kB",
  fsync: "off",
  synchronous_commit: "on",
  full_page_writes: "on",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "64MB",
  min_wal_size: "2MB",
  checkpoint_timeout: "15min",
  io_method: "sync",
  autovacuum: "off",
  max_parallel_workers: "0",
  max_parallel_workers_per_gather: "0",
  max_logical_replication_workers: "0",
  max_worker_processes: "0",
  jit: "off",
  dynamic_shared_memory_type: "mmap",
  // Redshift's string literals know backslash escapes.
  standard_conforming_strings: "off",
  escape_string_warning: "off",
  backslash_quote: "on",
  password_encryption: "md5",
  md5_password_warnings: "off",
  // A Redshift superuser may do everything with the users and roles it makes.
  createrole_self_grant: "set, inherit",
  timezone: "UTC",
  log_timezone: "UTC",
  datestyle: "ISO, MDY",
  lc_messages: "C",
  // Statements are not logged: they may carry passwords.
  log_min_error_statement: "panic",
  log_min_messages: "fatal",
  log_statement: "none",
  log_checkpoints: "off",
};

/** `serverSettings` as command-line arguments, `more` added or overriding. */
export function settingArguments(more: Record<string, string> = {}): string[] {
  return Object.entries({ ...serverSettings, ...more }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
