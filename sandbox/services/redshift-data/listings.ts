import { paginate } from "../../aws/paginate";
import type { Session, SessionResult } from "./session-port";

export interface ListingRequest {
  Database?: string;
  ConnectedDatabase?: string;
  Schema?: string;
  Table?: string;
  SchemaPattern?: string;
  TablePattern?: string;
  NextToken?: string;
  MaxResults?: number;
}

const largestPage = 1_000;

async function rows(session: Session, sql: string, values: string[]): Promise<(string | null)[][]> {
  const results: SessionResult[] = await session.query(sql, values);
  return results.at(-1)?.rows ?? [];
}

const page = <T>(items: T[], request: ListingRequest) =>
  paginate(items, request.NextToken, request.MaxResults, { fallback: largestPage });

export async function listDatabases(session: Session, request: ListingRequest) {
  const found = await rows(session, "SELECT database_name FROM svv_redshift_databases ORDER BY 1", []);
  const { items, nextToken } = page(
    found.flatMap(([name]) => name ?? []),
    request,
  );
  return { Databases: items, NextToken: nextToken };
}

export async function listSchemas(session: Session, request: ListingRequest) {
  const found = await rows(
    session,
    "SELECT schema_name FROM svv_all_schemas WHERE database_name = $1 AND schema_name LIKE $2 ORDER BY 1",
    [request.Database ?? "", request.SchemaPattern ?? "%"],
  );
  const { items, nextToken } = page(
    found.flatMap(([name]) => name ?? []),
    request,
  );
  return { Schemas: items, NextToken: nextToken };
}

export async function listTables(session: Session, request: ListingRequest) {
  const found = await rows(
    session,
    `SELECT schema_name, table_name, table_type FROM svv_all_tables
     WHERE database_name = $1 AND schema_name LIKE $2 AND table_name LIKE $3 ORDER BY 1, 2`,
    [request.Database ?? "", request.SchemaPattern ?? "%", request.TablePattern ?? "%"],
  );
  const { items, nextToken } = page(
    found.map(([schema, name, type]) => ({ name, schema, type })),
    request,
  );
  return { Tables: items, NextToken: nextToken };
}

export async function describeTable(session: Session, request: ListingRequest) {
  const found = await rows(
    session,
    `SELECT schema_name, table_name, column_name, data_type, is_nullable, character_maximum_length::varchar,
            numeric_precision::varchar, numeric_scale::varchar, column_default
     FROM svv_all_columns WHERE database_name = $1 AND schema_name LIKE $2 AND table_name = $3
     ORDER BY ordinal_position`,
    [request.Database ?? "", request.Schema ?? "%", request.Table ?? ""],
  );
  const columns = found.map(([schema, table, name, type, nullable, length, precision, scale, columnDefault]) => ({
    name,
    label: name,
    schemaName: schema,
    tableName: table,
    typeName: type,
    nullable: nullable === "NO" ? 0 : 1,
    length: Number(length ?? 0),
    precision: Number(precision ?? 0),
    scale: Number(scale ?? 0),
    columnDefault: columnDefault ?? undefined,
  }));
  const { items, nextToken } = page(columns, request);
  return { TableName: request.Table, ColumnList: items, NextToken: nextToken };
}
