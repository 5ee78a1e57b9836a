import type { ConsumerOutput, StackOutputs } from "@redshift-fleet/redshift/fleet";
import color from "picocolors";

const place = (host: string, port: number) => color.bold(`${host}:${port}`);

/** The fleet as a drawing: producer, what it shares, who reads it, and the one address before the pool. */
export function picture(outputs: StackOutputs): string {
  const { producer, endpoint, consumers, datashares } = outputs;
  const pool = consumers.filter(({ group }) => group === "pool");
  const own = consumers.filter(({ group }) => group !== "pool");
  const lines = [`  ${color.green("producer")}  ${place(producer.host, producer.port)}  database ${producer.database}`];
  for (const share of datashares) {
    const schemas = share.schemas.join(", ");
    lines.push(
      "     │",
      `     │  datashare ${color.cyan(share.name)} (${schemas}) ${color.dim("live, read-only, no copies")}`,
    );
    lines.push(`     ▼  on every consumer as database ${color.cyan(share.consumerDatabase)}`);
  }
  const width = Math.max(...consumers.map(({ name }) => name.length), 0);
  const row = (consumer: ConsumerOutput, edge: string) =>
    `  ${edge} ${color.green(consumer.name.padEnd(width))}  ${place(consumer.host, consumer.port)}`;
  for (const consumer of own) lines.push(row(consumer, "──"));
  pool.forEach((consumer, at) => {
    const edge = pool.length === 1 ? "──" : at === 0 ? "┌─" : at === pool.length - 1 ? "└─" : "├─";
    lines.push(row(consumer, edge));
  });
  const address = `  ${color.green("endpoint")}  ${place(endpoint.host, endpoint.port)}  database ${endpoint.database}`;
  if (pool.length > 0) lines.push("     ▲");
  return [...lines, address, `            ${color.dim(explanation(outputs, pool.length))}`].join("\n");
}

function explanation({ endpoint, consumers }: StackOutputs, pooled: number): string {
  if (pooled > 0) return `one address for readers, ${pooled} consumer${pooled === 1 ? "" : "s"} behind it`;
  const same = consumers.find(({ host }) => host === endpoint.host);
  return same ? `readers connect to ${same.name}: there is no pool` : "where readers connect: there is no pool";
}
