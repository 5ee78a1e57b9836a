import { AwsError, isNotFound } from "../../aws/errors";
import { boolean, each, isArn, length, list, members, string } from "../../provider/resource/property";
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import { defined, isMap, maps, optionalText, text, type Value, type ValueMap } from "../../provider/values";

const isText = (value: Value) => (typeof value === "string" ? undefined : "expected a string");

async function describe(context: TypeContext, id: string): Promise<ValueMap | undefined> {
  try {
    return await context.call("DescribeStatement", { Id: id });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    // The Data API forgets statements after a day; what is left of one is its id.
    if (error instanceof AwsError && error.code === "ValidationException" && error.message.includes("expired")) {
      return { Id: id, Status: "EXPIRED" };
    }
    throw error;
  }
}

/**
 * SQL that is run once, when the resource is made; changing anything runs it anew, and deleting it undoes nothing.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/redshiftdata/statement.go
 */
export const statement: ResourceType = {
  token: "aws:redshiftdata/statement:Statement",
  label: "Redshift Data Statement",
  properties: {
    clusterIdentifier: string({ replaces: true }),
    database: string({ required: true, replaces: true }),
    dbUser: string({ replaces: true }),
    parameters: list({ replaces: true }, length(1, 1_000), each(members({ name: isText, value: isText }))),
    region: string({ computed: true, replaces: true }),
    secretArn: string({ replaces: true }, isArn),
    sql: string({ required: true, replaces: true }),
    statementName: string({ replaces: true }),
    withEvent: boolean({ replaces: true }),
    workgroupName: string({ replaces: true }),
  },
  outputs: [],
  async create(inputs, context) {
    const parameters = maps(inputs, "parameters").map((one) => ({
      name: text(one, "name"),
      value: text(one, "value"),
    }));
    const answer: ValueMap = await context.call("ExecuteStatement", {
      Sql: text(inputs, "sql"),
      Database: text(inputs, "database"),
      WithEvent: inputs.withEvent === true,
      ...(parameters.length > 0 ? { Parameters: parameters } : {}),
      ...given("ClusterIdentifier", optionalText(inputs, "clusterIdentifier")),
      ...given("DbUser", optionalText(inputs, "dbUser")),
      ...given("SecretArn", optionalText(inputs, "secretArn")),
      ...given("StatementName", optionalText(inputs, "statementName")),
      ...given("WorkgroupName", optionalText(inputs, "workgroupName")),
    });
    const id = text(answer, "Id");
    await context.until(`Redshift Data Statement (${id}) finish`, async () => {
      const found = await describe(context, id);
      if (found?.Status === "FINISHED") return true;
      if (found?.Status === "FAILED" || found?.Status === "ABORTED") {
        throw new Error(`unexpected state '${found.Status}', wanted target 'FINISHED'. ${String(found.Error ?? "")}`);
      }
      return undefined;
    });
    return id;
  },
  async read(id, context, before) {
    const found = await describe(context, id);
    if (!found) return undefined;
    const { database, dbUser } = before;
    return defined({
      clusterIdentifier: found.ClusterIdentifier,
      database,
      dbUser,
      parameters: Array.isArray(found.QueryParameters)
        ? found.QueryParameters.filter(isMap).map((one) => defined({ name: one.name, value: one.value }))
        : undefined,
      secretArn: found.SecretArn,
      sql: found.QueryString ?? "",
      workgroupName: found.WorkgroupName,
    });
  },
  async delete() {
    // What was run stays done, and the Data API has no way to forget it.
  },
};

function given(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}
