import type { KMSClient } from "@aws-sdk/client-kms";
import type { Tagged } from "./lookups";
import { unless } from "./unless";

/** Keys that somebody in the account made and nobody has deleted, with their tags. */
export async function customerKeys(client: KMSClient): Promise<Tagged[]> {
  const kms = await import("@aws-sdk/client-kms");
  const found: Tagged[] = [];
  for await (const { Keys = [] } of kms.paginateListKeys({ client }, {})) {
    for (const { KeyId } of Keys) {
      // Keys of AWS, and those whose policy leaves us out, are not what we made.
      const tags = await unless("AccessDeniedException", async () => {
        const { KeyMetadata } = await client.send(new kms.DescribeKeyCommand({ KeyId }));
        if (KeyMetadata?.KeyManager !== "CUSTOMER" || KeyMetadata.KeyState === "PendingDeletion") return undefined;
        return (await client.send(new kms.ListResourceTagsCommand({ KeyId }))).Tags ?? [];
      });
      if (tags)
        found.push({
          id: KeyId ?? "",
          tags: Object.fromEntries(tags.map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue])),
        });
    }
  }
  return found;
}
