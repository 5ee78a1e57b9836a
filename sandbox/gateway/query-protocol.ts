import { AwsError } from "../aws/errors";
import type { AwsService } from "../aws/service";
import type { Call } from "./call";
import { checkInput, findOperation } from "./operations";
import { readQuery } from "./read-query";
import type { Answer } from "./server";
import type { Dialect } from "./services";
import { element, escapeText, writeStructure } from "./write-xml";

const type = "text/xml";

type QueryDialect = Extract<Dialect, { protocol: "query" | "ec2" }>;

/** AWS Query and EC2 Query: `Action` names the operation. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export async function answerQuery(
  operations: AwsService["operations"],
  { protocol, version, namespace }: QueryDialect,
  { service, method, query, body, requestId }: Call,
): Promise<Answer> {
  const parameters = method === "GET" ? query : new URLSearchParams(body.toString("utf8"));
  const action = parameters.get("Action") ?? "";
  if (action === "") throw new AwsError("MissingAction", "The request must contain the parameter Action.");
  const asked = parameters.get("Version") ?? "";
  const unknown = () => {
    const called = action.slice(0, 128);
    const message = `Could not find operation ${called} for version ${asked.slice(0, 32)}.`;
    return protocol === "ec2"
      ? new AwsError("InvalidAction", `The action ${called} is not valid for this web service.`)
      : new AwsError("InvalidAction", message);
  };
  if (asked !== version) throw unknown();
  const found = await findOperation(operations, service, action, unknown);
  const input = found.input === undefined ? {} : readQuery(found.model, found.input, parameters, protocol);
  checkInput(found, input, service);
  const output = await found.handler(input);
  const result = found.output === undefined ? "" : writeStructure(found.model, found.output, output);
  const content =
    protocol === "ec2"
      ? element("requestId", requestId) + result
      : element(found.wrapper ?? `${action}Result`, result) +
        element("ResponseMetadata", element("RequestId", requestId));
  return { status: 200, type, body: `<${action}Response xmlns="${namespace}">${content}</${action}Response>` };
}

export function errorAsXml({ code, message, httpStatus }: AwsError, protocol: "query" | "ec2", id: string): Answer {
  const details = element("Code", escapeText(code)) + element("Message", escapeText(message));
  const sender = element("Type", httpStatus < 500 ? "Sender" : "Receiver");
  const body =
    protocol === "ec2"
      ? element("Response", element("Errors", element("Error", details)) + element("RequestID", id))
      : element("ErrorResponse", element("Error", sender + details) + element("RequestId", id));
  return { status: httpStatus, type, body };
}
