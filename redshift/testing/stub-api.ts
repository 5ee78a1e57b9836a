import { DataApi, type DataApiDependencies } from "../data-api/data-api";
import type { Row } from "../data-api/rows";

/** What a test's database answers: rows for queries; an Error makes the statement fail with its message. */
export type Answerer = (sql: string, parameters: Record<string, string>) => Row[] | Error | undefined;

interface Input {
  Sql?: string;
  Sqls?: string[];
  Id?: string;
  Parameters?: { name: string; value: string }[];
}

/**
 * A DataApi whose SDK client is replaced: `answer` plays the database, `sent` has every statement that is no SELECT. The
 * `dependencies` make others like it.
 */
export function stubApi(answer: Answerer, database = "fleet") {
  const sent: string[][] = [];
  const results = new Map<string, Row[] | Error | undefined>();
  /** Of batches, how each statement ended. */
  const parts = new Map<string, { Status: string }[]>();
  const run = (name: string, input: Input): object => {
    if (name === "DescribeStatementCommand")
      return {
        Status: "FAILED",
        Error: String((results.get(input.Id!) as Error).message),
        SubStatements: parts.get(input.Id!),
      };
    if (name === "GetStatementResultCommand") return page(results.get(input.Id!) as Row[]);
    const statements = input.Sqls ?? [input.Sql!];
    if (!/^\s*SELECT/i.test(statements[0]!)) sent.push(statements);
    const parameters = Object.fromEntries((input.Parameters ?? []).map((each) => [each.name, each.value]));
    let result: Row[] | Error | undefined;
    const ended: { Status: string }[] = [];
    for (const statement of statements) {
      result = answer(statement, parameters);
      ended.push({ Status: result instanceof Error ? "FAILED" : "FINISHED" });
      if (result instanceof Error) break;
    }
    const id = `s${results.size}`;
    if (input.Sqls) parts.set(id, ended);
    results.set(id, result);
    return { Id: id, Status: result instanceof Error ? "FAILED" : "FINISHED", HasResultSet: Array.isArray(result) };
  };
  const dependencies = {
    client: {
      send: async (command: { constructor: { name: string }; input: object }) =>
        run(command.constructor.name, command.input),
    } as DataApiDependencies["client"],
    deadline: 500,
  };
  const target = { workgroupName: "wg", database, secretArn: "arn" };
  return { api: new DataApi({}, target, dependencies), sent, dependencies };
}

function page(rows: Row[]): object {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: Row[string]) =>
    value === null
      ? { isNull: true }
      : typeof value === "number"
        ? { longValue: value }
        : typeof value === "boolean"
          ? { booleanValue: value }
          : { stringValue: value };
  return {
    ColumnMetadata: columns.map((name) => ({ name })),
    Records: rows.map((row) => columns.map((name) => cell(row[name]!))),
  };
}
