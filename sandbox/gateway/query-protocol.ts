import { AwsError } from "../aws/errors";
import type { AwsService } from "../aws/service";
import type { Call } from "./call";
import { parseQueryInput } from "./query-input";
import type { Answer } from "./server";
import type { Dialect } from "./services";
import { ec2Error, ec2Response, queryError, queryResponse } from "./xml";

const type = "text/xml";

/** AWS Query and EC2 Query: `Action` names the operation. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export async function answerQuery(
  operations: AwsService["operations"],
  { protocol, version, namespace }: Extract<Dialect, { protocol: "query" | "ec2" }>,
  { service, method, query, body, requestId }: Call,
): Promise<Answer> {
  const text = method === "GET" ? query.toString() : body.toString("utf8");
  const parameters = new URLSearchParams(text);
  const action = parameters.get("Action") ?? "";
  if (action === "") throw new AwsError("MissingAction", "The request must contain the parameter Action.");
  const asked = parameters.get("Version");
  if (asked !== version) {
    throw new AwsError("InvalidAction", `Could not find operation ${action.slice(0, 128)} for version ${asked}.`);
  }
  const handler = Object.hasOwn(operations, action) ? operations[action] : undefined;
  if (!handler) {
    throw new AwsError(
      "NotImplemented",
      `The sandbox does not implement ${action.slice(0, 128)} of the service "${service}".`,
      501,
    );
  }
  const output = await handler(parseQueryInput(text));
  const xml =
    protocol === "ec2" ? ec2Response(action, output, requestId) : queryResponse(action, namespace, output, requestId);
  return { status: 200, type, body: xml };
}

export function errorAsXml({ code, message, httpStatus }: AwsError, protocol: "query" | "ec2", id: string): Answer {
  const body = protocol === "ec2" ? ec2Error(code, message, id) : queryError(code, message, id);
  return { status: httpStatus, type, body };
}
