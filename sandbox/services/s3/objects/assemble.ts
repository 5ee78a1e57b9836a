import { invalidRequest, S3Error } from "../errors";
import type { OpenUpload } from "../storage/index-of-objects";
import type { Checksum, ChecksumType, Upload, UploadedPart } from "../storage/records";
import { etagOf, type NewObject } from "./commits";
import { matchesEtag, type WriteConditions } from "./conditions";
import { isCrc } from "./crc";
import { combinedChecksum, compositeChecksum, etagOfParts } from "./digests";
import { checksumMismatch } from "./receive";

/** What CompleteMultipartUpload says. */
export interface Completion {
  parts: { number: number; etag: string; checksum?: string }[];
  /** What the client expects of the whole. */
  checksum?: string;
  checksumType?: ChecksumType;
  size?: number;
  conditions?: WriteConditions;
}

/** Of every part but the last. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const smallestPart = 5 * 2 ** 20;

/** The object that parts make up, by reference to their bodies. */
export function assemble({ upload, parts: uploaded }: OpenUpload, completion: Completion): NewObject {
  const parts = chosenParts(uploaded, completion, upload);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const checksum = checksumOf(upload, parts);
  if (completion.size !== undefined && completion.size !== size) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${completion.size} does not match what was computed: ${size}`,
    );
  }
  if (completion.checksumType !== undefined && completion.checksumType !== checksum.type) {
    throw new S3Error("BadDigest", "The checksum type you specified did not match that of the upload.", 400);
  }
  if (completion.checksum !== undefined && completion.checksum !== checksum.value) {
    throw checksumMismatch(checksum.name);
  }
  return {
    size,
    etag: multipartEtag(parts, upload),
    body: parts.flatMap((part) => part.body),
    checksum,
    attributes: upload.attributes,
    parts: parts.map((part, index) => ({
      // Parts are known by their place once they are an object.
      number: index + 1,
      size: part.size,
      ...(checksum.type === "COMPOSITE" && { checksum: part.checksum }),
    })),
  };
}

function multipartEtag(parts: readonly UploadedPart[], { attributes }: Upload): string {
  const [digits = "", count] = etagOfParts(parts.map(({ etag }) => etag)).split("-");
  return `${etagOf(digits, attributes)}-${count}`;
}

function checksumOf({ checksum: { name, type } }: Upload, parts: readonly UploadedPart[]): Checksum {
  return type === "FULL_OBJECT" && isCrc(name) ? combinedChecksum(name, parts) : compositeChecksum(name, parts);
}

function chosenParts(
  uploaded: OpenUpload["parts"],
  { parts: asked }: Completion,
  { checksum: { name, type, chosen } }: Upload,
): UploadedPart[] {
  if (asked.length === 0) {
    throw new S3Error(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
      400,
    );
  }
  const parts = asked.map(({ number, etag, checksum }, index) => {
    const before = asked[index - 1];
    if (before && before.number >= number) {
      const rule = "The list of parts was not in ascending order. Parts must be ordered by part number.";
      throw new S3Error("InvalidPartOrder", rule, 400);
    }
    if (chosen && type === "COMPOSITE" && checksum === undefined) {
      throw invalidRequest(
        `The upload was created using a ${name.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    }
    const part = uploaded.get(number);
    if (!part || !matchesEtag(etag, part.etag) || (checksum !== undefined && checksum !== part.checksum)) {
      throw new S3Error(
        "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        400,
        { PartNumber: String(number), ETag: etag },
      );
    }
    return part;
  });
  const small = parts.slice(0, -1).find((part) => part.size < smallestPart);
  if (!small) return parts;
  throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400, {
    ProposedSize: String(small.size),
    MinSizeAllowed: String(smallestPart),
    PartNumber: String(small.number),
    ETag: small.etag,
  });
}
