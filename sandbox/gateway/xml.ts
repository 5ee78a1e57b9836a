import type { Json, JsonObject } from "../aws/json";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeText = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

/** @param itemName what members of a list are called: `member` in the Query protocol, `item` in EC2's. */
export function toXml(value: Json | undefined, itemName: string): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((item) => element(itemName, toXml(item, itemName))).join("");
  if (typeof value === "object") {
    return Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => element(key, toXml(member, itemName)))
      .join("");
  }
  return escapeText(String(value));
}

export function queryResponse(action: string, namespace: string, result: JsonObject, requestId: string): string {
  return `<${action}Response xmlns="${namespace}">${element(`${action}Result`, toXml(result, "member"))}${element("ResponseMetadata", element("RequestId", requestId))}</${action}Response>`;
}

export function queryError(code: string, message: string, requestId: string): string {
  return element(
    "ErrorResponse",
    element(
      "Error",
      element("Type", "Sender") + element("Code", escapeText(code)) + element("Message", escapeText(message)),
    ) + element("RequestId", requestId),
  );
}

export function ec2Response(action: string, result: JsonObject, requestId: string): string {
  return `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${element("requestId", requestId)}${toXml(result, "item")}</${action}Response>`;
}

export function ec2Error(code: string, message: string, requestId: string): string {
  return element(
    "Response",
    element("Errors", element("Error", element("Code", escapeText(code)) + element("Message", escapeText(message)))) +
      element("RequestID", requestId),
  );
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}
