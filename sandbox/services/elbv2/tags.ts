import { AwsError } from "../../aws/errors";
import { type Tags, tagList, toTags, type WireTag } from "../../aws/tags";
import type { Collection } from "../../store/store";
import type { BalancerContext } from "./context";

/** Tags of load balancers, target groups and listeners, by ARN. */
export class BalancerTags {
  constructor(private readonly context: BalancerContext) {}

  add(input: { ResourceArns?: string[]; Tags?: WireTag[] }) {
    for (const arn of input.ResourceArns ?? []) this.change(arn, (tags) => ({ ...tags, ...toTags(input.Tags) }));
    return {};
  }

  remove(input: { ResourceArns?: string[]; TagKeys?: string[] }) {
    for (const arn of input.ResourceArns ?? []) {
      this.change(arn, (tags) =>
        Object.fromEntries(Object.entries(tags).filter(([key]) => !input.TagKeys?.includes(key))),
      );
    }
    return {};
  }

  describe(input: { ResourceArns?: string[] }) {
    return {
      TagDescriptions: (input.ResourceArns ?? []).map((arn) => {
        const { collection } = this.holder(arn);
        return { ResourceArn: arn, Tags: tagList(collection.get(arn)?.tags ?? {}) };
      }),
    };
  }

  private change(arn: string, change: (tags: Tags) => Tags): void {
    const { collection } = this.holder(arn);
    const record = collection.get(arn);
    if (record) collection.put(arn, { ...record, tags: change(record.tags) });
  }

  /** @throws AwsError LoadBalancerNotFound, TargetGroupNotFound or ListenerNotFound */
  private holder(arn: string): { collection: Collection<{ tags: Tags }> } {
    const { balancers, groups, listeners } = this.context;
    const kinds: [string, string, Collection<{ tags: Tags }>][] = [
      [":loadbalancer/", "LoadBalancerNotFound", balancers as Collection<{ tags: Tags }>],
      [":targetgroup/", "TargetGroupNotFound", groups as Collection<{ tags: Tags }>],
      [":listener/", "ListenerNotFound", listeners as Collection<{ tags: Tags }>],
    ];
    for (const [part, code, collection] of kinds) {
      if (!arn.includes(part)) continue;
      if (collection.get(arn)) return { collection };
      throw new AwsError(code, `'${arn}' not found`);
    }
    throw new AwsError("ValidationError", `'${arn}' is not a valid load balancer, target group or listener ARN`);
  }
}
