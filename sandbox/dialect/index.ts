export { clusterCompatibilitySql, compatibilitySql } from "./compatibility";
export { rewrite } from "./rewrite";
export type { Password, RewriteContext, Rewritten, ShareGrant, Statement } from "./statements";
