import { invalidArgument, S3Error } from "../errors";

const longestKey = 1_024;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html @throws S3Error `KeyTooLongError` */
export function validateKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > longestKey) {
    throw new S3Error("KeyTooLongError", "Your key is too long", 400, {
      MaxSizeAllowed: String(longestKey),
      Size: String(size),
    });
  }
  if (key === "") throw invalidArgument("A key must specify at least one character.", "key", key);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html @throws S3Error `InvalidBucketName` */
export function validateBucketName(name: string): void {
  const isWellFormed = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes("..");
  const isReserved =
    /^(xn--|sthree-|amzn-s3-demo-)/.test(name) || /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (isWellFormed && !isReserved && !/^\d+(\.\d+){3}$/.test(name)) return;
  throw new S3Error("InvalidBucketName", "The specified bucket is not valid.", 400, { BucketName: name });
}
