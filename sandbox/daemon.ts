import fs from "node:fs";
import { parseArgs } from "node:util";
import { awsEnvironment } from "@redshift-fleet/toolchain";
import { parseAssumptions } from "./assumptions";
import { parseQuotas } from "./aws/quotas";
import { daemonFile, logFile, writeDaemonFile } from "./control/files";
import { acquireLock } from "./control/lock";
import { RotatingLog } from "./control/log";
import { ControlServer } from "./control/server";
import { readSettings, writeSettings } from "./control/settings";
import type { SandboxStatus } from "./control/status";
import { timesFromEnvironment } from "./network/times";
import { movedPorts, onFixedPort, onPort, PortTaken, parsePort } from "./ports";
import { startProviders } from "./provider";
import { Sandbox } from "./sandbox";

/** Where events go. Before there is a log, and for what nobody catches, stdout: whoever started this put it into the same file. */
let events: RotatingLog | undefined;
const log = (line: string) => events?.event(line);
const trace = (line: string) =>
  events ? events.write(line) : process.stdout.write(`${new Date().toISOString()} ${line}\n`);

/** The background process of a sandbox. Ends by SIGTERM or the control endpoint; survives being killed. */
async function main(): Promise<void> {
  const started = Date.now();
  // What AWS's SDK says of coming versions of Node helps nobody who reads this process's log.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { values } = parseArgs({
    options: {
      dir: { type: "string" },
      profile: { type: "string", default: process.env.REDSHIFT_FLEET_SANDBOX_PROFILE ?? "instant" },
      region: { type: "string" },
      /** As JSON, in what they differ from AWS's defaults: `{"workgroups":100}`. */
      quotas: { type: "string", default: process.env.REDSHIFT_FLEET_SANDBOX_QUOTAS ?? "{}" },
      /** Ids of zones that Redshift Serverless is not in, with commas between. */
      "zones-without-serverless": {
        type: "string",
        default: process.env.REDSHIFT_FLEET_SANDBOX_ZONES_WITHOUT_SERVERLESS,
      },
      "time-scale": { type: "string" },
      /** Of AWS's APIs; where nothing is said the one of the last start, or a free one. */
      port: { type: "string", default: process.env.REDSHIFT_FLEET_SANDBOX_PORT },
    },
  });
  const dir = values.dir;
  if (dir === undefined) throw new Error("--dir is needed.");
  const fixed = parsePort(values.port);
  const unlock = await acquireLock(dir);
  events = new RotatingLog(logFile(dir));
  const settings = readSettings(dir);
  const region = values.region ?? settings?.region ?? "us-east-1";
  const scale = values["time-scale"];
  const sandbox = await Sandbox.open({
    dir,
    assumptions: parseAssumptions(process.env.REDSHIFT_FLEET_SANDBOX_ASSUME),
    profile: values.profile,
    region,
    quotas: parseQuotas(values.quotas),
    zonesWithoutServerless: values["zones-without-serverless"]?.split(",").filter(Boolean),
    times: { ...timesFromEnvironment(process.env), ...(scale === undefined ? {} : { scale: Number(scale) }) },
    log,
  });
  const listen = (port: number) => sandbox.listen(port);
  const api = await (fixed === undefined ? onPort(settings?.ports.api, listen) : onFixedPort(fixed, listen));
  const providers = await startProviders({
    account: sandbox.account,

    services: sandbox.services,
    log,
    environment: awsEnvironment(api, region),
    ports: settings?.ports,
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    (async () => {
      log("Stopping.");
      fs.rmSync(daemonFile(dir), { force: true });
      control.close();
      await providers.close();
      await sandbox.close();
      unlock();
      process.exit(0);
    })().catch(fail);
  };
  const status = (): SandboxStatus => ({
    ...daemon,
    dir,
    ready: true,
    workgroups: sandbox.workgroups(),
    loadBalancers: sandbox.loadBalancers(),
    zones: sandbox.zones(),
    zonesDown: sandbox.zonesDown(),
    memoryMiB: Math.round(process.memoryUsage.rss() / 1_048_576),
  });
  const control = await onPort(settings?.ports.control, (port) => ControlServer.start({ sandbox, status, stop }, port));
  const ports = { api, control: control.port, aws: providers.ports.aws, command: providers.ports.command };
  // A port that somebody has chosen now has not moved by itself.
  const moved = movedPorts({ ...settings?.ports, ...(fixed === undefined ? {} : { api: fixed }) }, ports);
  const daemon = {
    pid: process.pid,
    ports,
    startedAt: new Date(started).toISOString(),
    caPath: sandbox.caPath,
    region,
    profile: values.profile,
    movedPorts: moved,
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  writeSettings(dir, { region, ports: daemon.ports });
  writeDaemonFile(dir, daemon);
  for (const [name, { from, to }] of Object.entries(moved))
    log(`Port ${from} (${name}) is taken by another program: it is ${to} now.`);
  log(`Ready after ${Date.now() - started} ms: ${JSON.stringify(daemon.ports)}`);
}

function fail(error: unknown): never {
  const told =
    error instanceof PortTaken ? error.message : error instanceof Error ? (error.stack ?? error.message) : error;
  trace(String(told));
  process.exit(1);
}

// A fault in one connection or operation must not take the databases of all others down with it.
process.on("unhandledRejection", (error) =>
  trace(`Unhandled rejection: ${error instanceof Error ? error.stack : error}`),
);
process.on("uncaughtException", (error) => trace(`Uncaught exception: ${error.stack ?? error.message}`));

main().catch(fail);
