/** A database reached through the Redshift Data API. */
export interface DatabaseTarget {
  /** Serverless workgroup; exactly one of this and `clusterIdentifier`. */
  workgroupName?: string;
  /** Provisioned cluster. */
  clusterIdentifier?: string;
  database: string;
  /** Secret with `username` and `password` of the user to run as. */
  secretArn: string;
}

/** One line that names a database in errors and as the key of its lane. */
export function describeTarget(target: DatabaseTarget): string {
  return `${target.workgroupName ?? target.clusterIdentifier}/${target.database}`;
}
