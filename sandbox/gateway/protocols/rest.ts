import { AwsError } from "../../aws/errors";
import { readPayload, readUri } from "../http/read-request";
import { type Route, routesOf, routeTo } from "../http/routes";
import { writeAnswer } from "../http/write-answer";
import type { ServiceSchema } from "../schema";
import { readJson } from "../values/read-json";
import { malformed, readXml } from "../values/read-xml";
import { writeJson } from "../values/write-json";
import { attributesOf, writeStructure } from "../values/write-xml";
import { element } from "../values/xml";
import { parseJson } from "./json";
import type { Found, Protocol } from "./protocol";
import { errorDetails } from "./query";

const form = { renamed: true, binary: false };
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

const routes = new WeakMap<ServiceSchema, Route[]>();

function find(service: ServiceSchema, call: Parameters<Protocol["find"]>[1]): Found | undefined {
  const known = routes.get(service) ?? routesOf(service);
  routes.set(service, known);
  return routeTo(known, call);
}

/** https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJson: Protocol = {
  byHead: true,
  find(service, call) {
    const found = find(service, call);
    if (!found) throw new AwsError("UnknownOperationException", "", 404);
    return found;
  },
  read: (_service, { operation, labels }, call) => ({
    ...readUri(operation, labels, call),
    ...readPayload(operation, call, (schema, body) => readJson(schema, parseJson(body), form)),
  }),
  write: (_service, operation, output) =>
    writeAnswer(operation, output, {
      type: "application/json",
      write: (schema, value) => JSON.stringify(writeJson(schema, value, form)),
    }),
  error: (_service, { code, message, httpStatus, members }) => ({
    status: httpStatus,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: JSON.stringify({ ...members, message, Message: message }),
  }),
};

/** https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html; S3 writes its errors without an element around them. */
export const restXml: Protocol = {
  byHead: true,
  find(service, call) {
    const found = find(service, call);
    const message = "The specified method is not allowed against this resource.";
    if (!found) throw new AwsError("MethodNotAllowed", message, 405, { Method: call.method });
    return found;
  },
  read: (_service, { operation, labels }, call) => ({
    ...readUri(operation, labels, call),
    ...readPayload(operation, call, (schema, body) => {
      if (body.length === 0) throw malformed();
      return readXml(schema, body);
    }),
  }),
  write: ({ xmlNamespace = "" }, operation, output) =>
    writeAnswer(operation, output, {
      type: "application/xml",
      write(schema, value, name) {
        const content = writeStructure(schema, value);
        // A structure with one member of its own name is that element itself, as the Region of a bucket is.
        const only = onlyName(schema);
        const attributes = ` xmlns="${xmlNamespace}"`;
        if (only !== undefined && schema.getMergedTraits().xmlName === only) {
          return declaration + (content || element(only, "")).replace(/^<[^>/]+/, (start) => start + attributes);
        }
        return declaration + element(name, content, attributes + attributesOf(schema, value));
      },
    }),
  error(service, error, requestId) {
    const body = element("Error", errorDetails(service, error) + element("RequestId", requestId));
    const headers = { ...error.headers, "content-type": "application/xml" };
    return { status: error.httpStatus, headers, body: declaration + body };
  },
};

function onlyName(schema: Parameters<typeof writeStructure>[0]): string | undefined {
  const [first, ...others] = [...schema.structIterator()];
  return others.length === 0 ? first?.[0] : undefined;
}
