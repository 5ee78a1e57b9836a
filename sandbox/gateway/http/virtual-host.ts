/**
 * The bucket that a host names: `orders.localhost`, `orders.s3.localhost` or `orders.s3.us-east-1.localhost`, as
 * `orders.s3.us-east-1.amazonaws.com` does on AWS. Undefined where the path names it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketOfHost(host: string): string | undefined {
  const [, name] = /^(.+)\.localhost(?::\d{1,5})?$/i.exec(host) ?? [];
  const bucket = name?.replace(/(^|\.)s3(\.[a-z]{2}(-[a-z]+)+-\d)?$/i, "");
  return bucket || undefined;
}
