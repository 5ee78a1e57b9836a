import { AwsError } from "../errors";

export const invalid = (message: string) => new AwsError("ValidationException", message);
export const conflict = (message: string) => new AwsError("ConflictException", message);
export const notFound = (message: string) => new AwsError("ResourceNotFoundException", message);
export const quotaExceeded = (message: string) => new AwsError("ServiceQuotaExceededException", message);

/** What AWS says while something else is happening to a namespace or a workgroup in it. */
export const underOperation = (namespaceName: string) =>
  conflict(`There is an operation running on the namespace ${namespaceName}. Try again later.`);
