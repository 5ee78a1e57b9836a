import { cbor as codec, dateToTag } from "@smithy/core/cbor";
import { AwsError } from "../../aws/errors";
import { readJson } from "../values/read-json";
import { writeJson } from "../values/write-json";
import { queryError } from "./json";
import { named, type Protocol } from "./protocol";

const form = { renamed: false, binary: true };
const headers = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };

/** Smithy RPC v2 CBOR: the path names the operation. https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html */
export const cbor: Protocol = {
  byHead: false,
  find(service, { method, path }) {
    const [, name = ""] = /\/service\/\w+\/operation\/(\w+)$/.exec(path) ?? [];
    const found = method === "POST" ? named(service, name) : undefined;
    if (!found) throw new AwsError("UnknownOperationException", "");
    return found;
  },
  read: (_service, { operation }, { body }) =>
    operation.input ? readJson(operation.input, body.length === 0 ? {} : parse(body), form) : {},
  write: (_service, { output }, value) => ({
    status: 200,
    headers,
    body: output ? codec.serialize(writeJson(output, value, form, dateToTag)) : "",
  }),
  error: (service, { code, message, httpStatus, members }) => ({
    status: httpStatus,
    headers: { ...headers, ...queryError(service, code, httpStatus) },
    body: codec.serialize({ ...members, __type: code, message, Message: message }),
  }),
};

function parse(body: Buffer): unknown {
  try {
    return codec.deserialize(body);
  } catch {
    throw new AwsError("SerializationException", "The request is not valid CBOR.");
  }
}
