import type { Node } from "./peek";
import type { Subject } from "./subject";

/** Resources that say how a copy in another Region is encrypted. A copy has settings of its own: none is inherited. */
export const copiedTypes = [
  "aws:dynamodb/table:Table",
  "aws:dynamodb/tableReplica:TableReplica",
  "aws:secretsmanager/secret:Secret",
  "aws:redshift/snapshotCopy:SnapshotCopy",
  "aws:redshift/snapshotCopyGrant:SnapshotCopyGrant",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
] as const;

/** Where a copy's key stands. */
interface CopyKey {
  holder: Node | undefined;
  key: string;
  where: string;
}

/** Where the keys of a resource's copies in other Regions stand, each of which must be given. */
export function keysOfCopies(resource: Subject): CopyKey[] {
  const at = (key: string) => (holder: Node) => ({
    holder,
    key,
    where: `${holder.path ? `${holder.path}.` : ""}${key}`,
  });
  const table = resource.as("aws:dynamodb/table:Table");
  if (table) return table.items("replicas").map(at("kmsKeyArn"));
  const secret = resource.as("aws:secretsmanager/secret:Secret");
  if (secret) return secret.items("replicas").map(at("kmsKeyId"));
  const replica = resource.as("aws:dynamodb/tableReplica:TableReplica");
  if (replica) return [at("kmsKeyArn")(replica)];
  // Redshift encrypts a copied snapshot with the key of its grant, in the other Region.
  const copy = resource.as("aws:redshift/snapshotCopy:SnapshotCopy");
  if (copy) return [at("snapshotCopyGrantName")(copy)];
  const grant = resource.as("aws:redshift/snapshotCopyGrant:SnapshotCopyGrant");
  if (grant) return [at("kmsKeyId")(grant)];
  const inline = resource.as("aws:s3/bucket:Bucket")?.child("replicationConfiguration");
  const apart = resource.as("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
  return (inline ?? apart)?.items("rules").map((rule) => destinationKey(rule, inline !== undefined)) ?? [];
}

function destinationKey(rule: Node, inline: boolean): CopyKey {
  const destination = rule.child("destination");
  const holder = inline ? destination : destination?.child("encryptionConfiguration");
  const within = inline ? "" : "encryptionConfiguration.";
  return { holder, key: "replicaKmsKeyId", where: `${rule.path}.destination.${within}replicaKmsKeyId` };
}
