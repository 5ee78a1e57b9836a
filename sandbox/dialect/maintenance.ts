import type { Draft } from "./draft";
import { quoteText } from "./literals";
import { DialectError } from "./statements";

/** VACUUM, ANALYZE, CANCEL and DESC DATASHARE in PostgreSQL's words; returns the tag where it differs. */
export function rewriteMaintenance(draft: Draft): string | undefined {
  if (draft.is(0, "vacuum")) return vacuum(draft);
  if (draft.is(0, "analyze") && draft.length > 1) return analyze(draft);
  if (draft.is(0, "cancel") && draft.tokens[1]?.kind === "number") {
    draft.replace({ from: 0, to: draft.length - 1 }, `select pg_catalog.pg_cancel_backend(${draft.tokens[1].value})`);
    return "CANCEL";
  }
  if (draft.reads(0, "desc", "datashare")) return descDatashare(draft);
  return undefined;
}

/** All forms clean up and sort; what is left to PostgreSQL is the cleaning. */
function vacuum(draft: Draft): string {
  const modes = [["full"], ["sort", "only"], ["delete", "only"], ["reindex"], ["recluster"]];
  const mode = modes.find((words) => draft.reads(1, ...words))?.length ?? 0;
  let end = draft.length - 1;
  if (draft.is(end, "boost")) end--;
  if (draft.is(end, "percent") && draft.is(end - 2, "to")) end -= 3;
  const table = draft.text({ from: 1 + mode, to: end });
  draft.replace({ from: 0, to: draft.length - 1 }, `vacuum ${table}`.trim());
  return "VACUUM";
}

function analyze(draft: Draft): string {
  if (draft.is(1, "compression")) {
    const table = draft.text({ from: 2, to: draft.length - 1 });
    if (!table) throw new DialectError("ANALYZE COMPRESSION needs the name of a table here");
    const columns = `"tablename" as "Table", "column" as "Column", "encoding" as "Encoding", 0.00 as "Est_reduction_pct"`;
    draft.replace(
      { from: 0, to: draft.length - 1 },
      `select ${columns} from pg_catalog.pg_table_def where (quote_ident(schemaname) || '.' || quote_ident(tablename))::regclass = ${quoteText(table)}::regclass`,
    );
    return "ANALYZE COMPRESSION";
  }
  const last = draft.length - 1;
  if (draft.reads(last - 1, "predicate", "columns") || draft.reads(last - 1, "all", "columns"))
    draft.remove({ from: last - 1, to: last });
  return "ANALYZE";
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_DESC_DATASHARE.html */
function descDatashare(draft: Draft): string {
  const share = quoteText(draft.tokens[2]?.value ?? "");
  const guid = draft.find(3, draft.length, "namespace");
  const owner = guid > 0 ? ` and producer_namespace = ${draft.tokens[guid + 1]?.text ?? "null"}` : "";
  draft.replace(
    { from: 0, to: draft.length - 1 },
    `select producer_account, producer_namespace, share_type, share_name, object_type, object_name, include_new from pg_catalog.svv_datashare_objects where share_name = ${share}${owner} order by object_type, object_name`,
  );
  return "SHOW";
}
