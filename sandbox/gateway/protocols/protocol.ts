import type { AwsError } from "../../aws/errors";
import type { Answer, Call } from "../call";
import type { OperationSchema, ServiceSchema } from "../schema";
import type { Values } from "../values/value";

/** The operation that a request means, and what its URI holds for it. */
export interface Found {
  operation: OperationSchema;
  labels: Readonly<Record<string, string>>;
}

/** How a service is spoken to. One file each. */
export interface Protocol {
  /** The operation is told by the head of a request alone, so that its body can be a stream. */
  readonly byHead: boolean;
  /** @throws AwsError as AWS refuses an operation that it has not */
  find(service: ServiceSchema, call: Call): Found;
  /** @throws AwsError where a type differs from the schema's */
  read(service: ServiceSchema, found: Found, call: Call): Values;
  write(service: ServiceSchema, operation: OperationSchema, output: object, call: Call): Answer;
  /** @param service undefined where the request was refused before anybody knew whom it addresses */
  error(service: ServiceSchema | undefined, error: AwsError, requestId: string): Answer;
}

/** Operations by name; of every object's own names none is one. */
export function named(service: ServiceSchema, name: string): Found | undefined {
  const operation = service.operations.get(name);
  return operation && { operation, labels: {} };
}

/** A modelled error's code for clients of Query: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function queryCode(service: ServiceSchema | undefined, code: string): string {
  const error: unknown = service?.errors.get(code)?.getMergedTraits().awsQueryError;
  return Array.isArray(error) ? String(error[0]) : code;
}

export const fault = (status: number) => (status < 500 ? "Sender" : "Receiver");
