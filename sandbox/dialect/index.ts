export { clusterCompatibilitySql, compatibilitySql } from "./compatibility";
export { sharedSchemaName } from "./names";
export { rewrite } from "./rewrite";
export type {
  DatabaseGrant,
  Grantee,
  Password,
  RewriteContext,
  Rewritten,
  ScopedGrant,
  ShareChange,
  ShareGrant,
  ShareGrantee,
  ShareObject,
  SqlText,
  Statement,
  StatementArguments,
  StatementName,
  UserOptions,
} from "./statements";
