/** A refusal in AWS's own terms: the error code that SDKs switch on and the message that people read. */
export class AwsError extends Error {
  /**
   * @param code AWS's error code, such as `InvalidSubnet.Conflict` or `ConflictException`.
   * @param httpStatus what the service would answer with.
   * @param members what else the error's shape has, such as S3's `BucketName`
   */
  constructor(
    readonly code: string,
    message: string,
    readonly httpStatus = 400,
    readonly members: Readonly<Record<string, string | number | boolean>> = {},
    /** Of the answer over HTTP, such as S3's `x-amz-delete-marker`; names in lower case. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "AwsError";
  }
}

/** True for an error that says "there is no such thing", however the service words its code. */
export function isNotFound(error: unknown): boolean {
  return error instanceof AwsError && /NotFound|NoSuch|DoesNotExist/.test(error.code);
}
