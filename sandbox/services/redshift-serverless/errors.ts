import { AwsError } from "../../aws/errors";
import { interfaceEndpointsIn, type Quotas } from "../../aws/quotas";

export const invalid = (message: string) => new AwsError("ValidationException", message);
export const conflict = (message: string) => new AwsError("ConflictException", message);
export const notFound = (message: string) => new AwsError("ResourceNotFoundException", message);
export const quotaExceeded = (message: string) => new AwsError("ServiceQuotaExceededException", message);

/** Managed endpoints are "limited to your VPC endpoint quota". @throws ServiceQuotaExceededException */
export function requireEndpointQuota(
  vpcId: string,
  held: readonly { readonly vpcId: string; readonly owner: string }[],
  quotas: Quotas,
): void {
  if (interfaceEndpointsIn(vpcId, held, quotas) >= quotas.interfaceEndpointsPerVpc)
    throw quotaExceeded(`The VPC ${vpcId} may have ${quotas.interfaceEndpointsPerVpc} interface endpoints.`);
}

/** What AWS says while something else is happening to a namespace or a workgroup in it. */
export const underOperation = (namespaceName: string) =>
  conflict(`There is an operation running on the namespace ${namespaceName}. Try again later.`);
