import { type Page, type PageQuery, pageOf } from "../keys/pages";
import { SortedKeys } from "../keys/sorted-keys";
import type { Ledger } from "../storage/ledger";
import type { StoredObject, Upload, Version } from "../storage/records";

/** The current objects. */
export function listObjects({ index }: Ledger, bucket: string, query: PageQuery): Page<StoredObject> {
  const keyspace = index.keyspace(bucket);
  const entriesOf = (key: string) => {
    const current = keyspace.current(key);
    return current && !current.marker ? [current] : [];
  };
  return pageOf({ keys: keyspace.keys, entriesOf, idOf: ({ versionId }) => versionId }, query);
}

/** Every version and delete marker, those of a key from the newest to the oldest. */
export function listVersions({ index }: Ledger, bucket: string, query: PageQuery): Page<Version> {
  const keyspace = index.keyspace(bucket);
  const entriesOf = (key: string) => keyspace.versions(key);
  return pageOf({ keys: keyspace.keys, entriesOf, idOf: ({ versionId }) => versionId }, query);
}

/** The multipart uploads under way, those of a key from the first to the last. */
export function listUploads({ index }: Ledger, bucket: string, query: PageQuery): Page<Upload> {
  const keys = new SortedKeys();
  const byKey = new Map<string, Upload[]>();
  for (const upload of index.uploadsOf(bucket).sort((a, b) => a.initiated - b.initiated)) {
    const others = byKey.get(upload.key);
    if (others) others.push(upload);
    else {
      byKey.set(upload.key, [upload]);
      keys.add(upload.key);
    }
  }
  return pageOf({ keys, entriesOf: (key) => byKey.get(key) ?? [], idOf: ({ uploadId }) => uploadId }, query);
}
