import { NormalizedSchema } from "@smithy/core/schema";
import type { StaticErrorSchema, StaticOperationSchema } from "@smithy/types";

/** The protocols that AWS's clients name: https://smithy.io/2.0/aws/protocols/index.html */
export type ProtocolName = "awsJson1_0" | "awsJson1_1" | "awsQuery" | "ec2Query" | "restJson1" | "restXml";

export interface OperationSchema {
  name: string;
  /** Undefined where nothing goes in or comes out. */
  input: NormalizedSchema | undefined;
  output: NormalizedSchema | undefined;
  /** Method, URI template and status of an answer, of services that speak REST. */
  http: readonly [method: string, uri: string, status: number] | undefined;
}

/** What a client package of AWS's SDK says of its service. */
export interface ServiceSchema {
  protocol: ProtocolName;
  apiVersion: string;
  /** What `X-Amz-Target` has before the dot. */
  target: string;
  xmlNamespace: string | undefined;
  /** Speaks JSON or CBOR today and Query to older clients, whose error codes it repeats in a header. */
  queryCompatible: boolean;
  operations: ReadonlyMap<string, OperationSchema>;
  errors: ReadonlyMap<string, NormalizedSchema>;
}

/** The resolved configuration of a client, as far as it tells of the service. */
export interface ClientConfig {
  apiVersion: string;
  protocol: object;
  protocolSettings: { [setting: string]: unknown };
}

/** First items of the SDK's schemas, see `static-schemas.d.ts` of @smithy/types. */
const operationKind = 9;
const error = -3;

/**
 * Reads a client package. Its schemas are public exports (`PutObject$`), its configuration tells the protocol.
 * Versions of the SDK are pinned exactly, and a test sends every operation through a real client.
 */
export function describe(client: object, { apiVersion, protocol, protocolSettings }: ClientConfig): ServiceSchema {
  const exported: unknown[] = Object.values(client);
  const operations = exported.filter(isOperation).map(describeOperation);
  const errors = exported.filter(isError).map((schema) => [schema[2], NormalizedSchema.of(schema)] as const);
  const { serviceTarget, xmlNamespace, awsQueryCompatible } = protocolSettings;
  return {
    protocol: protocolName(protocol),
    apiVersion,
    target: typeof serviceTarget === "string" ? serviceTarget : "",
    xmlNamespace: typeof xmlNamespace === "string" ? xmlNamespace : undefined,
    queryCompatible: awsQueryCompatible === true,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    errors: new Map(errors),
  };
}

const isOperation = (value: unknown): value is StaticOperationSchema =>
  Array.isArray(value) && value[0] === operationKind;
const isError = (value: unknown): value is StaticErrorSchema => Array.isArray(value) && value[0] === error;

function describeOperation([, , name, traits, input, output]: StaticOperationSchema): OperationSchema {
  const structure = (ref: typeof input) => {
    const schema = NormalizedSchema.of(ref);
    return schema.isStructSchema() ? schema : undefined;
  };
  const http = typeof traits === "object" ? traits.http : undefined;
  return { name, input: structure(input), output: structure(output), http };
}

const names: readonly ProtocolName[] = ["awsJson1_0", "awsJson1_1", "awsQuery", "ec2Query", "restJson1", "restXml"];

function protocolName(protocol: object): ProtocolName {
  const id = "getShapeId" in protocol && typeof protocol.getShapeId === "function" ? protocol.getShapeId() : "";
  const found = names.find((name) => id === `aws.protocols#${name}`);
  if (!found) throw new Error(`A client of AWS's SDK speaks "${id}", which the sandbox does not.`);
  return found;
}

/** Names of the members without which AWS refuses a structure. The SDK lists them first and counts them. */
export function requiredMembers(schema: NormalizedSchema): string[] {
  const static_ = schema.getSchema();
  if (!Array.isArray(static_) || (static_[0] !== 3 && static_[0] !== error)) return [];
  const [, , , , members, , count = 0] = static_;
  return Array.isArray(members) && typeof count === "number" ? members.slice(0, count) : [];
}
