import type { Tags } from "../../aws/tags";
import type { ServerlessContext } from "./context";
import { invalid, notFound } from "./errors";
import type { NamespaceRecord, SnapshotRecord, WorkgroupRecord } from "./records";

interface WireTag {
  key: string | undefined;
  value: string | undefined;
}

export function toTags(tags: WireTag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ key, value }) => [key ?? "", value ?? ""]));
}

const mostTags = 200;

/** Tags of namespaces, workgroups and snapshots, by ARN. */
export class ResourceTags {
  constructor(private readonly context: ServerlessContext) {}

  tag(input: { resourceArn?: string; tags?: WireTag[] }) {
    this.change(input.resourceArn, (tags) => {
      const next = { ...tags, ...toTags(input.tags) };
      if (Object.keys(next).length > mostTags) throw invalid(`A resource may have ${mostTags} tags.`);
      return next;
    });
    return {};
  }

  untag(input: { resourceArn?: string; tagKeys?: string[] }) {
    this.change(input.resourceArn, (tags) =>
      Object.fromEntries(Object.entries(tags).filter(([key]) => !input.tagKeys?.includes(key))),
    );
    return {};
  }

  list(input: { resourceArn?: string }) {
    const { namespace, workgroup, snapshot } = this.find(input.resourceArn);
    const { tags = {} } = namespace ?? workgroup ?? snapshot ?? {};
    return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
  }

  private change(arn: string | undefined, change: (tags: Tags) => Tags): void {
    const { namespace, workgroup, snapshot } = this.find(arn);
    if (namespace) {
      this.context.namespaces.put(namespace.namespaceName, { ...namespace, tags: change(namespace.tags) });
    } else if (workgroup) {
      this.context.workgroups.put(workgroup.workgroupName, { ...workgroup, tags: change(workgroup.tags) });
    } else if (snapshot) {
      this.context.snapshots.put(snapshot.snapshotName, { ...snapshot, tags: change(snapshot.tags ?? {}) });
    }
  }

  private find(arn: string | undefined): {
    namespace?: NamespaceRecord;
    workgroup?: WorkgroupRecord;
    snapshot?: SnapshotRecord;
  } {
    const namespace = this.context.namespaces.list().find((record) => record.namespaceArn === arn);
    const workgroup = this.context.workgroups.list().find((record) => record.workgroupArn === arn);
    const snapshot = this.context.snapshots.list().find((record) => record.snapshotArn === arn);
    if (!namespace && !workgroup && !snapshot) throw notFound(`There is no resource ${arn ?? ""} with tags.`);
    return { namespace, workgroup, snapshot };
  }
}
