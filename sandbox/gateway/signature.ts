import type { IncomingHttpHeaders } from "node:http";
import { AwsError } from "../aws/errors";
import type { Form } from "./api";

/** What a signature is good for: `<access key>/<date>/<Region>/<service>/aws4_request`. */
export interface Scope {
  region: string;
  service: string;
}

/**
 * The codes and statuses of the two families of protocols.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html (JSON),
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html (Query)
 */
const codes = {
  missing: { json: ["MissingAuthenticationTokenException", 400], xml: ["MissingAuthenticationToken", 403] },
  incomplete: { json: ["IncompleteSignatureException", 400], xml: ["IncompleteSignature", 400] },
  invalid: { json: ["InvalidSignatureException", 400], xml: ["SignatureDoesNotMatch", 403] },
  denied: { json: ["AccessDeniedException", 400], xml: ["AccessDenied", 403] },
} as const;

/** A refusal of a request as such, before any service looks at it. */
export function refusal(kind: keyof typeof codes, form: Form, message: string): AwsError {
  const [code, status] = codes[kind][form];
  return new AwsError(code, message, status);
}

/**
 * The scope of a request's signature, in its header or, presigned, in its URL. Whether the signature is right cannot
 * be told: the sandbox takes any access key, and knows the secret of none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
 * @throws AwsError where it is missing or not well-formed
 */
export function signatureScope(headers: IncomingHttpHeaders, query: URLSearchParams, form: Form): Scope {
  const { authorization } = headers;
  const presigned = query.get("X-Amz-Algorithm");
  if (authorization === undefined && presigned === null) {
    const message = form === "json" ? "Missing Authentication Token" : "Request is missing Authentication Token";
    throw refusal("missing", form, message);
  }
  const parts = authorization === undefined ? presignedParts(query, form) : headerParts(authorization, headers, form);
  return scopeOf(parts, form);
}

interface Parts {
  algorithm: string;
  credential: string;
  date: string;
}

function headerParts(authorization: string, headers: IncomingHttpHeaders, form: Form): Parts {
  const [algorithm = "", rest = ""] = authorization.split(/\s(.*)/s);
  const parts = new Map<string, string>();
  for (const part of rest.split(",").map((text) => text.trim())) {
    const equals = part.indexOf("=");
    if (part !== "" && equals < 1) {
      const message = `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header.`;
      throw refusal("incomplete", form, message);
    }
    if (part !== "") parts.set(part.slice(0, equals), part.slice(equals + 1));
  }
  const date = headers["x-amz-date"] ?? headers.date;
  const absent = ["Credential", "Signature", "SignedHeaders"]
    .filter((name) => !parts.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (date === undefined) {
    absent.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (absent.length > 0) throw refusal("incomplete", form, absent.join(" "));
  if (!/^[0-9a-f]{64}$/i.test(parts.get("Signature")!)) throw refusal("invalid", form, mismatch);
  if (!parts.get("SignedHeaders")!.split(";").includes("host")) {
    throw refusal("invalid", form, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  return { algorithm, credential: parts.get("Credential")!, date: String(date) };
}

function presignedParts(query: URLSearchParams, form: Form): Parts {
  const absent = ["X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date", "X-Amz-Expires"]
    .filter((name) => !query.get(name))
    .map((name) => `AWS query-string parameters must include '${name}'.`);
  if (absent.length > 0) throw refusal("incomplete", form, absent.join(" "));
  if (!/^[0-9a-f]{64}$/i.test(query.get("X-Amz-Signature")!)) throw refusal("invalid", form, mismatch);
  return {
    algorithm: query.get("X-Amz-Algorithm")!,
    credential: query.get("X-Amz-Credential")!,
    date: query.get("X-Amz-Date")!,
  };
}

const mismatch = "The request signature we calculated does not match the signature you provided.";

function scopeOf({ algorithm, credential, date }: Parts, form: Form): Scope {
  if (algorithm !== "AWS4-HMAC-SHA256") {
    throw refusal("incomplete", form, `Unsupported AWS 'algorithm': '${algorithm.slice(0, 64)}'.`);
  }
  const parts = credential.split("/");
  const [terminator, service, region, day] = parts.reverse();
  if (parts.length < 5 || !parts.every((part) => part !== "") || !service || !region || !day) {
    const shape = "must have at least 5 slash-delimited elements, e.g. keyid/date/region/service/term";
    throw refusal("incomplete", form, `Credential ${shape}, got '${credential.slice(0, 128)}'.`);
  }
  if (terminator !== "aws4_request") {
    throw refusal("invalid", form, "Credential should be scoped with a valid terminator: 'aws4_request'.");
  }
  if (!/^\d{8}$/.test(day)) throw refusal("invalid", form, `Date in Credential scope is not a day: '${day}'.`);
  if (/^\d{8}T\d{6}Z$/.test(date) && date.slice(0, 8) !== day) {
    const rule = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP";
    throw refusal("invalid", form, `${rule}: '${day}' != '${date.slice(0, 8)}', from '${date}'.`);
  }
  return { region, service };
}
