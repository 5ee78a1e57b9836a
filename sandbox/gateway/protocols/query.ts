import { AwsError } from "../../aws/errors";
import type { Call } from "../call";
import type { OperationSchema, ServiceSchema } from "../schema";
import { readQuery } from "../values/read-query";
import { writeStructure } from "../values/write-xml";
import { element, escapeText } from "../values/xml";
import { fault, named, type Protocol, queryCode } from "./protocol";

const headers = { "content-type": "text/xml" };

/** `Action` names the operation, in the body or, of a GET, in the URI. */
const parametersOf = ({ method, query, body }: Call) =>
  method === "GET" ? query : new URLSearchParams(body.toString("utf8"));

function find(service: ServiceSchema, call: Call, unknown: (action: string, version: string) => AwsError) {
  const parameters = parametersOf(call);
  const action = parameters.get("Action") ?? "";
  const version = parameters.get("Version") ?? "";
  if (action === "") throw new AwsError("MissingAction", "The request must contain the parameter Action.");
  const found = version === service.apiVersion ? named(service, action) : undefined;
  if (!found) throw unknown(action.slice(0, 128), version.slice(0, 32));
  return found;
}

const envelope = ({ xmlNamespace = "" }: ServiceSchema, { name }: OperationSchema, content: string) =>
  `<${name}Response xmlns="${xmlNamespace}">${content}</${name}Response>`;

/** AWS Query. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const query: Protocol = {
  byHead: false,
  find: (service, call) =>
    find(service, call, (action, version) => {
      return new AwsError("InvalidAction", `Could not find operation ${action} for version ${version}.`);
    }),
  read: (_service, { operation }, call) =>
    operation.input ? readQuery(operation.input, parametersOf(call), "query") : {},
  write(service, operation, value, { requestId }) {
    const result = operation.output ? element(`${operation.name}Result`, writeStructure(operation.output, value)) : "";
    const metadata = element("ResponseMetadata", element("RequestId", requestId));
    return { status: 200, headers, body: envelope(service, operation, result + metadata) };
  },
  error(service, error, requestId) {
    const details = element("Error", element("Type", fault(error.httpStatus)) + errorDetails(service, error));
    const body = element("ErrorResponse", details + element("RequestId", requestId));
    return { status: error.httpStatus, headers, body };
  },
};

/** EC2's own form of it. https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export const ec2Query: Protocol = {
  byHead: false,
  find: (service, call) =>
    find(service, call, (action) => {
      return new AwsError("InvalidAction", `The action ${action} is not valid for this web service.`);
    }),
  read: (_service, { operation }, call) =>
    operation.input ? readQuery(operation.input, parametersOf(call), "ec2") : {},
  write(service, operation, value, { requestId }) {
    const result = operation.output ? writeStructure(operation.output, value) : "";
    return { status: 200, headers, body: envelope(service, operation, element("requestId", requestId) + result) };
  },
  error(service, error, requestId) {
    const details = element("Errors", element("Error", errorDetails(service, error)));
    const body = element("Response", details + element("RequestID", requestId));
    return { status: error.httpStatus, headers, body };
  },
};

/** Code, message, and what else the error's shape has. */
export function errorDetails(service: ServiceSchema | undefined, { code, message, members }: AwsError): string {
  const more = Object.entries(members).map(([name, value]) => element(name, escapeText(String(value))));
  return (
    element("Code", escapeText(queryCode(service, code))) + element("Message", escapeText(message)) + more.join("")
  );
}
