import path from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DataApi, loadSamples } from "@redshift-fleet/redshift";
import { type StackOutputs, targetOf } from "@redshift-fleet/redshift/fleet";
import { status } from "@redshift-fleet/sandbox";
import type { ClientConfig } from "pg";
import { parseOutputs } from "../../../cli/stack/outputs";
import { tables } from "../../../examples/airline/samples/tables";
import { type Figure, inTurn, median, type Settings } from "../figures";
import { run } from "../processes";
import type { Reading } from "../readers/client";
import { StraightServer } from "../readers/straight";
import { Workbench } from "../workbench";

const connections = 8;
const stack = "readers";

/** The same query in the words of Redshift, and in those of the PostgreSQL behind it. */
const queries = {
  "one row by its key": (table: (name: string) => string) =>
    `select airport_name, city from ${table("dim_airport")} where airport_key = 3`,
  "a report": (table: (name: string) => string) =>
    `select f.flight_number, sum(r.passengers), sum(r.fare_revenue) from ${table("daily_revenue")} r
     join ${table("dim_flight")} f on f.flight_key = r.flight_key group by 1 order by 3 desc limit 20`,
};

/** What readers get through the balancer and a warehouse's front, against the PostgreSQL server behind them alone. */
export async function readers({ quick, progress }: Settings): Promise<Figure[]> {
  const bench = await Workbench.open();
  let straight: StraightServer | undefined;
  try {
    progress("deploying a consumer, loading sample data");
    const outputs = await deploy(bench);
    const consumer = outputs.consumers[0]?.namespaceId ?? "";
    const running = (await status({ dir: bench.sandbox.dir })) ?? bench.sandbox;
    straight = await StraightServer.copyOf(running, consumer, path.join(bench.folder, "straight"));
    const ways = await waysToConnect(bench, outputs, straight.port);
    const figures: Figure[] = [];
    for (const [name, query] of Object.entries(queries)) {
      const rate = (way: Way) => () =>
        readingRate(bench, { ...way, connections, milliseconds: quick ? 1_000 : 3_000, sql: query(way.table) });
      const samples = await inTurn(
        quick ? 1 : 5,
        { straight: rate(ways.straight), through: rate(ways.through) },
        (text) => progress(`${name}: ${text}`),
      );
      figures.push(...compare(name, samples));
    }
    return figures;
  } finally {
    await straight?.close();
    await bench.close();
  }
}

interface Way {
  connect: ClientConfig;
  table: (name: string) => string;
}

async function deploy(bench: Workbench): Promise<StackOutputs> {
  await bench.fleet("up", { stack, consumers: 1 });
  const outputs = parseOutputs(stack, await bench.outputs(stack));
  Object.assign(process.env, bench.env);
  const target = targetOf(outputs.producer, outputs.producer.secretArn);
  await loadSamples(new DataApi({ region: bench.sandbox.region }, target), tables());
  return outputs;
}

async function waysToConnect(bench: Workbench, { endpoint, datashares }: StackOutputs, straightPort: number) {
  const client = new SecretsManagerClient({ region: bench.sandbox.region });
  const secret = await client.send(new GetSecretValueCommand({ SecretId: endpoint.secretArn }));
  const { username, password } = JSON.parse(secret.SecretString ?? "");
  const { host, port, database } = endpoint;
  const shared = datashares[0]?.consumerDatabase;
  // Whoever makes the certificates, encryption costs the same.
  const encrypted = { database, user: username, password, ssl: { rejectUnauthorized: false } };
  return {
    straight: {
      connect: { ...encrypted, host: "127.0.0.1", port: straightPort },
      table: (name: string) => `"${shared}$airline".${name}`,
    },
    through: { connect: { ...encrypted, host, port }, table: (name: string) => `${shared}.airline.${name}` },
  } satisfies Record<string, Way>;
}

async function readingRate(bench: Workbench, reading: Reading): Promise<number> {
  const script = path.join(__dirname, "readers", "client.js");
  const { connect, connections, milliseconds, sql } = reading;
  const told = JSON.stringify({ connect, connections, milliseconds, sql });
  return Number((await run(process.execPath, [script, told], { cwd: bench.folder, env: bench.env })).stdout);
}

function compare(query: string, samples: Record<"straight" | "through", number[]>): Figure[] {
  const straight = median(samples.straight);
  const item = "readers";
  return [
    {
      item,
      what: `${query}: through balancer and front / straight to PostgreSQL, both with TLS`,
      value: median(samples.through) / straight,
      unit: "×",
      limit: { atLeast: 0.5 },
      samples,
    },
    { item, what: `${query}: straight to PostgreSQL`, value: straight, unit: "/s" },
  ];
}
