import { nullVersion, type StoredObject, type Version } from "../storage/records";
import { SortedKeys } from "./sorted-keys";

/** The keys of one bucket with their versions, the newest first. */
export class Keyspace {
  readonly keys = new SortedKeys();
  private readonly byKey = new Map<string, Version[]>();

  get size(): number {
    return this.byKey.size;
  }

  versions(key: string): readonly Version[] {
    return this.byKey.get(key) ?? [];
  }

  current(key: string): Version | undefined {
    return this.byKey.get(key)?.[0];
  }

  version(key: string, versionId: string): Version | undefined {
    return this.byKey.get(key)?.find((version) => version.versionId === versionId);
  }

  /** Puts a version on top. @returns the one without an id whose place it takes */
  insert(key: string, version: Version): Version | undefined {
    let versions = this.byKey.get(key);
    if (!versions) {
      versions = [];
      this.byKey.set(key, versions);
      this.keys.add(key);
    }
    const at = version.versionId === nullVersion ? indexOf(versions, nullVersion) : -1;
    const replaced = at < 0 ? undefined : versions.splice(at, 1)[0];
    versions.unshift(version);
    return replaced;
  }

  remove(key: string, versionId: string): Version | undefined {
    const versions = this.byKey.get(key) ?? [];
    const at = indexOf(versions, versionId);
    if (at < 0) return undefined;
    const [removed] = versions.splice(at, 1);
    if (versions.length === 0) {
      this.byKey.delete(key);
      this.keys.delete(key);
    }
    return removed;
  }

  /** Gives a version that is there another state. @returns the one before */
  replace(key: string, version: StoredObject): Version | undefined {
    const versions = this.byKey.get(key) ?? [];
    const at = indexOf(versions, version.versionId);
    return at < 0 ? undefined : versions.splice(at, 1, version)[0];
  }

  *entries(): Iterable<[key: string, versions: readonly Version[]]> {
    yield* this.byKey;
  }
}

function indexOf(versions: readonly Version[], versionId: string): number {
  return versions.findIndex((version) => version.versionId === versionId);
}
