import type { JsonObject } from "./json";

/** One API operation: AWS's request shape in, AWS's response shape out; refuses with `AwsError`. */
export type Operation = (input: JsonObject) => Promise<JsonObject> | JsonObject;

/** Keyed by AWS's operation name, such as `CreateWorkgroup`. */
export type Operations = Readonly<Record<string, Operation>>;

/** A service as its clients see it, whether they come over HTTP or from a Pulumi provider. */
export interface AwsService {
  readonly operations: Operations;
}
