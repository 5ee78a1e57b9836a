import { AwsError } from "../../aws/errors";
import { paginate } from "../../aws/paginate";
import type { Executor } from "./executor";
import type { History } from "./history";
import { checkWait, invalid } from "./requests";
import { columnMetadata, toCsv, toField } from "./results";

interface ResultRequest {
  Id?: string;
  NextToken?: string;
  WaitTimeSeconds?: number;
}

const pageRows = 1_000;

/** The results of statements, page by page. */
export class ResultPages {
  constructor(
    private readonly history: History,
    private readonly executor: Executor,
  ) {}

  async asFields(input: ResultRequest) {
    const { fields, rows, total, nextToken } = await this.page(input);
    return {
      ColumnMetadata: columnMetadata(fields),
      Records: rows.map((row) => row.map((value, index) => toField(value, fields[index]?.typeOid ?? 0))),
      TotalNumRows: total,
      NextToken: nextToken,
    };
  }

  async asCsv(input: ResultRequest) {
    if (this.history.require(input.Id).record.resultFormat !== "CSV") {
      throw invalid("The statement was not run with ResultFormat CSV; read it with GetStatementResult.");
    }
    const { fields, rows, total, nextToken } = await this.page(input);
    return {
      ColumnMetadata: columnMetadata(fields),
      Records: [{ CSVRecords: toCsv(fields, rows) }],
      ResultFormat: "CSV",
      TotalNumRows: total,
      NextToken: nextToken,
    };
  }

  private async page(input: ResultRequest) {
    checkWait(input.WaitTimeSeconds);
    await this.executor.wait(input.Id ?? "", input.WaitTimeSeconds ?? 0);
    const { statement } = this.history.require(input.Id);
    const result = this.history.results.get(statement.id);
    if (!result) {
      throw new AwsError(
        "ResourceNotFoundException",
        "Query does not have result. Please check query status with DescribeStatement.",
      );
    }
    const { items, nextToken } = paginate(result.rows, input.NextToken, undefined, { fallback: pageRows });
    return { fields: result.fields, rows: items, total: result.rows.length, nextToken };
  }
}
