import { AwsError } from "../aws/errors";
import { operation } from "../aws/operation";
import { paginate } from "../aws/paginate";
import type { AwsService } from "../aws/service";
import type { Kms } from "../services/kms/service";

interface Listing {
  Marker?: string;
  Limit?: number;
}

interface OfKey {
  KeyId?: string;
}

/** The reading part of KMS's API over the account's model. https://docs.aws.amazon.com/kms/latest/APIReference/ */
export function kmsReadApi(kms: Kms): AwsService {
  const listed = (items: object[], { Marker, Limit }: Listing) => {
    const page = paginate(items, Marker, Limit, { code: "InvalidMarkerException" });
    return { items: page.items, Truncated: page.nextToken !== undefined, NextMarker: page.nextToken };
  };
  /** Tags can be asked for by id and ARN only. */
  const byId = (reference = "") => {
    if (reference.includes("alias/")) throw new AwsError("InvalidArnException", `Invalid keyId ${reference}`);
    return kms.getKey(reference);
  };
  return {
    operations: {
      ListKeys: operation((input: Listing) => {
        const keys = kms.listKeys().map(({ keyId, arn }) => ({ KeyId: keyId, KeyArn: arn }));
        const { items: Keys, ...page } = listed(keys, input);
        return { Keys, ...page };
      }),
      ListAliases: operation((input: Listing & OfKey) => {
        const wanted = input.KeyId === undefined ? undefined : byId(input.KeyId).keyId;
        const aliases = kms
          .listAliases()
          .filter(({ targetKeyId }) => wanted === undefined || targetKeyId === wanted)
          .map(({ name, arn, targetKeyId }) => ({ AliasName: name, AliasArn: arn, TargetKeyId: targetKeyId }));
        const { items: Aliases, ...page } = listed(aliases, input);
        return { Aliases, ...page };
      }),
      DescribeKey: operation((input: OfKey) => {
        const key = kms.getKey(input.KeyId ?? "");
        return {
          KeyMetadata: {
            KeyId: key.keyId,
            Arn: key.arn,
            Description: key.description,
            Enabled: key.enabled,
            KeyState: key.keyState,
            KeyManager: "CUSTOMER",
            KeyUsage: key.keyUsage,
            KeySpec: key.keySpec,
            MultiRegion: key.multiRegion,
            Origin: "AWS_KMS",
            CreationDate: Date.parse(key.creationDate) / 1000,
            DeletionDate: key.deletionDate && Date.parse(key.deletionDate) / 1000,
          },
        };
      }),
      ListResourceTags: operation((input: Listing & OfKey) => {
        const tags = Object.entries(byId(input.KeyId).tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
        const { items: Tags, ...page } = listed(tags, input);
        return { Tags, ...page };
      }),
    },
  };
}
