import fs from "node:fs";
import { Readable } from "node:stream";
import type { CallContext } from "../../../aws/service";
import { invalidRequest, S3Error } from "../errors";
import { digestLengths } from "../objects/digests";
import { type Incoming, largestPut, tooLarge } from "../objects/receive";
import { type ChecksumName, checksumNames } from "../storage/records";

/** Checksums as inputs and outputs of operations have them: `ChecksumCRC32` and its like. */
export type ChecksumMembers = Partial<Record<`Checksum${ChecksumName}`, string>>;

interface Uploading extends ChecksumMembers {
  Body?: Readable;
  ContentMD5?: string;
  ChecksumAlgorithm?: string;
}

/** A body with all that its request says of it, in headers or behind its last chunk. */
export function incomingOf(input: Uploading, call: CallContext | undefined): Incoming {
  const { headers = {}, trailers = new Map<string, string>() } = call ?? {};
  const length = headers["content-length"];
  if (call && length === undefined) {
    throw new S3Error("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
  }
  if (Number(length ?? 0) > largestPut) throw tooLarge(largestPut);
  if (input.ContentMD5 !== undefined && !isBase64(input.ContentMD5, 16)) {
    throw new S3Error("InvalidDigest", "The Content-MD5 you specified is not valid.", 400, {
      "Content-MD5": input.ContentMD5,
    });
  }
  const sha256 = headers["x-amz-content-sha256"];
  const trailer = checksumNames.find((name) => announced(headers["x-amz-trailer"]).includes(headerOf(name)));
  const name = givenName(input) ?? trailer ?? nameOf(input.ChecksumAlgorithm);
  return {
    body: call ? (input.Body ?? Readable.from([])) : bodyOf(input.Body),
    length: length === undefined ? undefined : Number(length),
    md5: input.ContentMD5,
    sha256: typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : undefined,
    checksumName: name,
    checksum: () => name && (input[`Checksum${name}`] ?? trailers.get(headerOf(name))),
  };
}

/** @throws S3Error where several are given, or one is not well-formed */
export function givenName(input: ChecksumMembers): ChecksumName | undefined {
  const given = checksumNames.filter((name) => input[`Checksum${name}`] !== undefined);
  if (given.length > 1) {
    throw invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }
  const [name] = given;
  const value = name && input[`Checksum${name}`];
  // Those of parts' checksums have the number of parts behind them.
  if (name && value && !isBase64(value.replace(/-\d+$/, ""), digestLengths[name])) {
    throw invalidRequest(`Value for ${headerOf(name)} header is invalid.`);
  }
  return name;
}

/** @throws S3Error where S3 has it and the sandbox has not */
export function nameOf(algorithm: string | undefined): ChecksumName | undefined {
  if (algorithm === undefined) return undefined;
  const name = checksumNames.find((each) => each === algorithm);
  if (!name)
    throw invalidRequest(
      `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumNames.join(", ")}]`,
    );
  return name;
}

const headerOf = (name: ChecksumName) => `x-amz-checksum-${name.toLowerCase()}`;

function announced(header: string | string[] | undefined): string[] {
  return [header ?? []].flat().flatMap((text) => text.toLowerCase().split(/\s*,\s*/));
}

function isBase64(text: string, bytes: number): boolean {
  const decoded = Buffer.from(text, "base64");
  return decoded.length === bytes && decoded.toString("base64") === text;
}

/** Those who call without HTTP have their bodies at hand: a text, `{ base64 }`, or the path of a `{ file }`. */
function bodyOf(body: unknown): AsyncIterable<Uint8Array> {
  if (body instanceof Readable) return body;
  if (typeof body === "object" && body !== null) {
    if ("file" in body) return fs.createReadStream(String(body.file));
    if ("base64" in body) return Readable.from([Buffer.from(String(body.base64), "base64")]);
  }
  return Readable.from(body === undefined || body === "" ? [] : [Buffer.from(String(body))]);
}
