import type { Query } from "../grammar/query-nodes";
import type { Statement } from "../grammar/statement-nodes";
import { DialectError } from "../statements";
import { lowerStatement } from "./changes";
import type { Surroundings } from "./names";
import { lowerQuery } from "./queries";
import type { Found, Scope } from "./scope";

/**
 * A statement as PostgreSQL can run it: names found, types told where they are known, functions of Redshift in PostgreSQL's,
 * clauses that only Redshift has in others.
 * @throws DialectError what Redshift has not, or the sandbox has not
 */
export function lower(tree: Statement, surroundings: Surroundings): Statement {
  return lowered(surroundings, (scope) => lowerStatement(scope, tree));
}

/** A query within a statement that is no query, as in CREATE VIEW. */
export function lowerWithin(tree: Query, surroundings: Surroundings): Query {
  return lowered(surroundings, (scope) => lowerQuery(scope, tree).query);
}

function lowered<T>(surroundings: Surroundings, work: (scope: Scope) => T): T {
  const found: Found = { usesTables: false, leaderCalls: [] };
  const result = work({ surroundings, found, tables: [], commonTables: new Map() });
  const [call] = found.leaderCalls;
  // https://docs.aws.amazon.com/redshift/latest/dg/c_sql-functions-leader-node.html
  if (found.usesTables && call)
    throw new DialectError(
      "Specified types or functions (one per INFO message) not supported on Redshift tables.",
      `Function ${call.name} runs on the leader node only, where no table of a user is.`,
      "0A000",
      call.at,
    );
  return result;
}

export { readsCatalogsOnly } from "./contents";
