/** Bytes of SQL in one request, of all its statements together; the service's own limit is 100 KB. */
export const maxStatementBytes = 100_000;
/** Statements in one batch, the service's limit. */
export const maxBatchStatements = 40;
