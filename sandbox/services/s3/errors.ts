import { AwsError } from "../../aws/errors";

/**
 * A refusal as S3 words it, with the members that its `<Error>` has beside code and message, such as `Key`.
 * Codes, statuses and texts: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, unless said otherwise.
 */
export class S3Error extends AwsError {}

export const noSuchBucket = (name: string) =>
  new S3Error("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: name });

export const noSuchKey = (key: string, headers = {}) =>
  new S3Error("NoSuchKey", "The specified key does not exist.", 404, { Key: key }, headers);

export const noSuchVersion = (key: string, versionId: string) =>
  new S3Error("NoSuchVersion", "The specified version does not exist.", 404, { Key: key, VersionId: versionId });

export const noSuchUpload = (uploadId: string) =>
  new S3Error(
    "NoSuchUpload",
    "The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    404,
    { UploadId: uploadId },
  );

/** @param condition the header that did not hold, such as `If-Match` */
export const preconditionFailed = (condition: string) =>
  new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, {
    Condition: condition,
  });

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html: the caller tries the same again. */
export const conditionalConflict = (condition: string, key: string) =>
  new S3Error(
    "ConditionalRequestConflict",
    "The conditional request cannot succeed due to a conflicting operation against this resource.",
    409,
    { Condition: condition, Key: key },
  );

export const notModified = (headers = {}) => new S3Error("NotModified", "Not Modified", 304, {}, headers);

/** @param size bytes of the object */
export const invalidRange = (range: string, size: number) =>
  new S3Error("InvalidRange", "The requested range is not satisfiable", 416, {
    RangeRequested: range,
    ActualObjectSize: String(size),
  });

export const invalidArgument = (message: string, name: string, value: string) =>
  new S3Error("InvalidArgument", message, 400, { ArgumentName: name, ArgumentValue: value });

export const invalidRequest = (message: string) => new S3Error("InvalidRequest", message, 400);

/** Of a delete marker, which can only be deleted. https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html */
export const markerNotAllowed = (method: string, versionId: string) =>
  new S3Error(
    "MethodNotAllowed",
    "The specified method is not allowed against this resource.",
    405,
    { Method: method, ResourceType: "DeleteMarker" },
    { allow: "DELETE", "x-amz-delete-marker": "true", "x-amz-version-id": versionId },
  );

export const badDigest = (what: string) =>
  new S3Error("BadDigest", `The ${what} you specified did not match what we received.`, 400);

export const incompleteBody = () =>
  new S3Error(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
    400,
  );

export const notImplemented = (what: string) =>
  new S3Error("NotImplemented", `${what} is not implemented by the sandbox's S3.`, 501);
