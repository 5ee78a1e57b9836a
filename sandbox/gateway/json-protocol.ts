import { AwsError } from "../aws/errors";
import type { AwsService } from "../aws/service";
import type { Call } from "./call";
import { checkInput, findOperation } from "./operations";
import { readJson } from "./read-json";
import type { Answer } from "./server";
import type { Dialect } from "./services";

const type = "application/x-amz-json-1.1";

/** AWS JSON 1.1: `X-Amz-Target` names the operation. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export async function answerJson(
  operations: AwsService["operations"],
  { targetPrefix }: Extract<Dialect, { protocol: "json" }>,
  { service, target = "", method, headers, body }: Call,
): Promise<Answer> {
  const unknown = () => new AwsError("UnknownOperationException", "");
  const name = target.startsWith(`${targetPrefix}.`) ? target.slice(targetPrefix.length + 1) : "";
  if (method !== "POST" || name === "") throw unknown();
  const found = await findOperation(operations, service, name, unknown);
  if (!/^application\/x-amz-json-1\.[01]\s*(;|$)/i.test(headers["content-type"] ?? "")) {
    throw new AwsError("SerializationException", `The content type must be ${type}.`);
  }
  const value = parse(body);
  const input = found.input === undefined ? {} : readJson(found.model, found.input, value);
  checkInput(found, input, service);
  return { status: 200, type, body: JSON.stringify(await found.handler(input)) };
}

export function errorAsJson({ code, message, httpStatus }: AwsError): Answer {
  return { status: httpStatus, type, body: JSON.stringify({ __type: code, message, Message: message }) };
}

/** No body at all is an empty structure; `null` is none. */
function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder("utf8", { fatal: true }).decode(body));
  } catch (error) {
    throw new AwsError("SerializationException", `The request is not valid JSON: ${(error as Error).message}`);
  }
}
