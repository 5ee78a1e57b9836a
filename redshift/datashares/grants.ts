import { shareConsumers } from "../catalog/datashares";
import type { DataApi } from "../data-api/data-api";
import { isMissingObject, isWarehouseGone } from "../data-api/errors";
import { assertNamespaceGuid, quoteIdentifier, quoteLiteral } from "../identifiers";

/** Whether `namespaceId` may use the share; false when the producer is not there. */
export async function hasGrant(api: DataApi, share: string, namespaceId: string): Promise<boolean> {
  try {
    return (await shareConsumers(api, share)).includes(namespaceId);
  } catch (error) {
    if (isWarehouseGone(error)) return false;
    throw error;
  }
}

/** Lets a namespace use the share, waiting for one that is still too new to be known. */
export async function grantDatashare(api: DataApi, share: string, namespaceId: string): Promise<void> {
  assertNamespaceGuid(namespaceId);
  if ((await shareConsumers(api, share)).includes(namespaceId)) return;
  await api.execute(`GRANT USAGE ON DATASHARE ${quoteIdentifier(share)} TO NAMESPACE ${quoteLiteral(namespaceId)}`, {
    awaiting: "namespace",
  });
}

/** Takes the grant back; share, namespace or warehouse may be gone already. */
export async function revokeDatashare(api: DataApi, share: string, namespaceId: string): Promise<void> {
  assertNamespaceGuid(namespaceId);
  try {
    if (!(await shareConsumers(api, share)).includes(namespaceId)) return;
    await api.execute(
      `REVOKE USAGE ON DATASHARE ${quoteIdentifier(share)} FROM NAMESPACE ${quoteLiteral(namespaceId)}`,
    );
  } catch (error) {
    if (!isWarehouseGone(error) && !isMissingObject(error)) throw error;
  }
}
