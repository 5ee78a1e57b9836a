import { identifier, literal } from "../quoting";
import type { SharedColumn, SharedFunction, SharedRelation } from "./share";

/** A foreign table as it stands in a database of the consumer. */
export interface StandingTable {
  schema: string;
  name: string;
  columns: { name: string; type: string }[];
}

/** Statements to run together. They may fail because views of the consumer depend on what they drop; then `otherwise` runs. */
export interface Step {
  statements: string[];
  otherwise?: string[];
}

/**
 * What turns the standing foreign tables into those of the share, touching only what differs: a consumer's views over
 * unchanged tables live on, and so do the permissions given on them.
 * @param server name of the foreign server
 * @param localSchema the schema that stands for a schema of the producer
 */
export function planTables(
  standing: StandingTable[],
  relations: SharedRelation[],
  server: string,
  localSchema: (schema: string) => string,
): Step[] {
  const key = (schema: string, name: string) => `${schema}\0${name}`;
  const byName = new Map(standing.map((table) => [key(table.schema, table.name), table]));
  const steps: Step[] = [];
  for (const relation of relations) {
    const schema = localSchema(relation.schema);
    const table = byName.get(key(schema, relation.name));
    byName.delete(key(schema, relation.name));
    if (!table) steps.push({ statements: [createTable(relation, server, schema)] });
    else steps.push(...alterTable(table, relation, server));
  }
  for (const table of byName.values()) {
    steps.push({ statements: [`drop foreign table ${qualified(table.schema, table.name)}`], otherwise: [] });
  }
  return steps;
}

function alterTable(table: StandingTable, relation: SharedRelation, server: string): Step[] {
  const name = qualified(table.schema, table.name);
  const alter = (action: string) => `alter foreign table ${name} ${action}`;
  const wanted = new Map(relation.columns.map((column) => [column.name, column]));
  const kept = table.columns.filter((column) => wanted.has(column.name));
  const keptNames = new Set(kept.map((column) => column.name));
  const dropped = table.columns.filter((column) => !wanted.has(column.name));
  const added = relation.columns.filter((column) => !keptNames.has(column.name));
  const retyped = kept.filter((column) => wanted.get(column.name)?.type !== column.type);
  const additions = added.map((column) => alter(`add column ${columnText(column)}`));
  const order = [...kept, ...added].map((column) => column.name);
  if (order.some((column, index) => column !== relation.columns[index]?.name)) {
    // Columns cannot be moved: the table is made anew, unless a view needs it, which then still finds all columns.
    return [
      { statements: [`drop foreign table ${name}`, createTable(relation, server, table.schema)], otherwise: additions },
    ];
  }
  return [
    ...dropped.map((column) => ({ statements: [alter(`drop column ${identifier(column.name)}`)], otherwise: [] })),
    ...retyped.map((column) => ({
      statements: [alter(`alter column ${identifier(column.name)} type ${wanted.get(column.name)?.type}`)],
      otherwise: [],
    })),
    ...(additions.length > 0 ? [{ statements: additions }] : []),
  ];
}

/** Makes the share's functions, replacing what is there. */
export function planFunctions(functions: SharedFunction[], localSchema: (schema: string) => string): Step[] {
  const volatility: Record<string, string> = { i: "immutable", s: "stable", v: "volatile" };
  return functions.map(({ schema, name, arguments: parameters, result, volatility: letter, body }) => ({
    statements: [
      `create or replace function ${qualified(localSchema(schema), name)}(${parameters}) returns ${result} ` +
        `language sql ${volatility[letter] ?? "volatile"} as ${literal(body)}`,
    ],
  }));
}

function createTable(relation: SharedRelation, server: string, schema: string): string {
  const columns = relation.columns.map((column) => columnText(column) + (column.required ? " not null" : ""));
  return (
    `create foreign table ${qualified(schema, relation.name)} (${columns.join(", ")}) server ${identifier(server)} ` +
    `options (schema_name ${literal(relation.schema)}, table_name ${literal(relation.name)})`
  );
}

const columnText = (column: SharedColumn): string => `${identifier(column.name)} ${column.type}`;
const qualified = (schema: string, name: string): string => `${identifier(schema)}.${identifier(name)}`;
