import { AwsError } from "../aws/errors";
import type { JsonObject } from "../aws/json";
import type { AwsService } from "../aws/service";
import type { Call } from "./call";
import type { Answer } from "./server";
import type { Dialect } from "./services";

const type = "application/x-amz-json-1.1";

/** AWS JSON 1.1: `X-Amz-Target` names the operation. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export async function answerJson(
  operations: AwsService["operations"],
  { targetPrefix }: Extract<Dialect, { protocol: "json" }>,
  { service, target = "", method, headers, body }: Call,
): Promise<Answer> {
  const operation = target.startsWith(`${targetPrefix}.`) ? target.slice(targetPrefix.length + 1) : "";
  if (method !== "POST" || operation === "") throw new AwsError("UnknownOperationException", "", 404);
  const handler = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (!handler) {
    throw new AwsError(
      "NotImplemented",
      `The sandbox does not implement ${operation.slice(0, 128)} of the service "${service}".`,
      501,
    );
  }
  if (!/^application\/x-amz-json-1\.[01]\s*(;|$)/i.test(headers["content-type"] ?? "")) {
    throw new AwsError("SerializationException", `The content type must be ${type}.`);
  }
  return { status: 200, type, body: JSON.stringify(await handler(parseObject(body))) };
}

export function errorAsJson({ code, message, httpStatus }: AwsError): Answer {
  return { status: httpStatus, type, body: JSON.stringify({ __type: code, message, Message: message }) };
}

function parseObject(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf8", { fatal: true }).decode(body));
  } catch (error) {
    throw new AwsError("SerializationException", `The request is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AwsError("SerializationException", "Start of structure or map found where not expected.");
  }
  return value as JsonObject;
}
