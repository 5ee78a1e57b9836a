import type { ValueMap } from "../values";
import type { Configuration } from "./configuration";
import type { ResourceType, TypeContext } from "./resource-type";

/** A function of the `aws` package. */
export interface Invoke {
  /** @throws AwsError, or Error with what the AWS provider would say. */
  run(args: ValueMap, context: TypeContext, configuration: Configuration): Promise<ValueMap>;
  /** False for functions of services without Regions: their result has no `region`. */
  regional?: boolean;
  /** Members of the result that are secret. */
  secrets?: string[];
}

/** What the resource of the same name would show. */
export async function look(type: ResourceType, id: string, context: TypeContext): Promise<ValueMap> {
  const found = await type.read(id, context, {});
  if (!found) throw new Error(`reading ${type.label} (${id}): couldn't find resource`);
  const { tagsAll, ...rest } = found;
  return type.tagged ? { ...rest, id, tags: tagsAll ?? {} } : { ...rest, id };
}
