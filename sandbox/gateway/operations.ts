import { AwsError } from "../aws/errors";
import type { JsonObject } from "../aws/json";
import type { AwsService, Operation } from "../aws/service";
import { constraintFaults } from "./constraints";
import { type Model, modelOf } from "./model";
import type { ServiceName } from "./services";

/** An operation that the sandbox has, with what AWS's model says of it. */
export interface Found {
  model: Model;
  handler: Operation;
  /** Names of the model's shapes; undefined where nothing goes in or comes out. */
  input: string | undefined;
  output: string | undefined;
  wrapper: string | undefined;
}

/**
 * @param unknown AWS's error about an operation that it does not have
 * @throws AwsError with status 501 where AWS has the operation and the sandbox has not
 */
export async function findOperation(
  operations: AwsService["operations"],
  service: ServiceName,
  name: string,
  unknown: () => AwsError,
): Promise<Found> {
  const model = await modelOf(service);
  const handler = Object.hasOwn(operations, name) ? operations[name] : undefined;
  const known = Object.hasOwn(model.operations, name) ? model.operations[name] : undefined;
  if (handler && known) {
    return { model, handler, input: known.input, output: known.output, wrapper: known.wrapper };
  }
  if (known || model.others.includes(name)) {
    throw new AwsError("NotImplemented", `The sandbox does not implement ${name} of the service "${service}".`, 501);
  }
  throw unknown();
}

/**
 * Checks what a request holds before any service sees it.
 * @throws AwsError with all that is wrong, under the code that the service has for it
 */
export function checkInput({ model, input }: Found, value: JsonObject, service: ServiceName): void {
  const faults = input === undefined ? [] : constraintFaults(model, input, value);
  if (faults.length === 0) return;
  const texts = faults.map(({ text }) => text).join("; ");
  const message = `${faults.length} validation error${faults.length > 1 ? "s" : ""} detected: ${texts}`;
  const missing = faults.find(({ kind }) => kind === "missing");
  if (service !== "ec2") throw new AwsError(codes[service] ?? "ValidationException", message);
  if (!missing) throw new AwsError("InvalidParameterValue", message);
  throw new AwsError("MissingParameter", `The request must contain the parameter ${missing.path.join(".")}`);
}

/** Services that speak Query: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const codes: Partial<Record<ServiceName, string>> = { elasticloadbalancing: "ValidationError", sts: "ValidationError" };
