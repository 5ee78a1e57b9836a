import { AwsError } from "../../aws/errors";
import type { ServiceSchema } from "../schema";
import { readJson } from "../values/read-json";
import { writeJson } from "../values/write-json";
import { fault, named, type Protocol, queryCode } from "./protocol";

const form = { renamed: false, binary: false };

/** AWS JSON 1.0 and 1.1: `X-Amz-Target` names the operation. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const json: Protocol = {
  byHead: false,
  find(service, { method, target = "" }) {
    const [prefix, name = ""] = target.split(".");
    const found = method === "POST" && prefix === service.target ? named(service, name) : undefined;
    if (!found) throw new AwsError("UnknownOperationException", "");
    return found;
  },
  read(service, { operation }, { headers, body }) {
    if (!/^application\/x-amz-json-1\.[01]\s*(;|$)/i.test(headers["content-type"] ?? "")) {
      throw new AwsError("SerializationException", `The content type must be ${typeOf(service)}.`);
    }
    const value = parseJson(body);
    return operation.input ? readJson(operation.input, value, form) : {};
  },
  write: (service, { output }, value) => ({
    status: 200,
    headers: { "content-type": typeOf(service) },
    body: JSON.stringify(output ? writeJson(output, value, form) : {}),
  }),
  error: (service, { code, message, httpStatus, members }) => ({
    status: httpStatus,
    headers: { "content-type": typeOf(service), ...queryError(service, code, httpStatus) },
    body: JSON.stringify({ ...members, __type: code, message, Message: message }),
  }),
};

const typeOf = (service: ServiceSchema | undefined) =>
  `application/x-amz-json-${service?.protocol === "awsJson1_0" ? "1.0" : "1.1"}`;

/** The code that clients of the time of Query know. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait */
export function queryError(service: ServiceSchema | undefined, code: string, status: number): Record<string, string> {
  return service?.queryCompatible ? { "x-amzn-query-error": `${queryCode(service, code)};${fault(status)}` } : {};
}

/** No body at all is an empty structure; `null` is none. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder("utf8", { fatal: true }).decode(body));
  } catch (error) {
    throw new AwsError("SerializationException", `The request is not valid JSON: ${(error as Error).message}`);
  }
}
