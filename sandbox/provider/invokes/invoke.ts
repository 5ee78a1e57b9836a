import type { Configuration } from "../resource/configuration";
import type { TypeContext } from "../resource/resource-type";
import type { ValueMap } from "../values";

/** A function of the `aws` package. */
export interface Invoke {
  /** @throws AwsError, or Error with what the AWS provider would say. */
  run(args: ValueMap, context: TypeContext, configuration: Configuration): Promise<ValueMap>;
  /** False for functions of services without Regions: their result has no `region`. */
  regional?: boolean;
  /** Members of the result that are secret. */
  secrets?: string[];
}
