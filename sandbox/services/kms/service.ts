import type {
  CreateKeyRequest,
  EnableKeyRotationRequest,
  ListAliasesRequest,
  ListKeysRequest,
  PutKeyPolicyRequest,
  ScheduleKeyDeletionRequest,
  TagResourceRequest,
  UntagResourceRequest,
  UpdateAliasRequest,
  UpdateKeyDescriptionRequest,
} from "@aws-sdk/client-kms";
import { AwsError } from "../../aws/errors";
import { operationsOf } from "../../aws/handlers";
import { paginate } from "../../aws/paginate";
import { defineService } from "../service";
import { aliasType, getAlias } from "./alias";
import { getKey, keyType } from "./key";
import { type Key, Kms } from "./keys";

type OfKey = { KeyId?: string };
type Listing = Pick<ListKeysRequest, "Limit" | "Marker">;
type Tag = { TagKey?: string; TagValue?: string };

/** https://docs.aws.amazon.com/kms/latest/APIReference/ */
export const kms = defineService({
  name: "kms",
  api: {
    form: "json",
    target: "TrentService",
    async client(config) {
      const sdk = await import("@aws-sdk/client-kms");
      return [sdk, new sdk.KMSClient(config).config];
    },
    constraints: () => import("./constraints.json"),
  },
  open: (context) => new Kms(context),
  operations: (keys) => {
    /** Tags can be asked for by id and ARN only. */
    const byId = ({ KeyId = "" }: OfKey) => {
      if (KeyId.includes("alias/")) throw new AwsError("InvalidArnException", `Invalid keyId ${KeyId}`);
      return keys.getKey(KeyId);
    };
    const change = ({ KeyId = "" }: OfKey, change: Parameters<Kms["updateKey"]>[1]) => {
      keys.updateKey(KeyId, change);
      return {};
    };
    return operationsOf<typeof import("@aws-sdk/client-kms")>({
      CreateKey: (input: CreateKeyRequest) => {
        const { Description, Policy, KeyUsage, KeySpec, CustomerMasterKeySpec, MultiRegion, Tags } = input;
        const key = keys.createKey({
          description: Description,
          policy: Policy,
          keyUsage: KeyUsage,
          keySpec: KeySpec ?? CustomerMasterKeySpec,
          multiRegion: MultiRegion,
          tags: recordOf(Tags),
        });
        return { KeyMetadata: metadata(key) };
      },
      DescribeKey: (input: OfKey) => ({ KeyMetadata: metadata(keys.getKey(input.KeyId ?? "")) }),
      ListKeys: (input: Listing) => {
        const listed = keys.listKeys().map(({ keyId, arn }) => ({ KeyId: keyId, KeyArn: arn }));
        const { items: Keys, ...page } = pageOf(listed, input);
        return { Keys, ...page };
      },
      UpdateKeyDescription: (input: UpdateKeyDescriptionRequest) => change(input, { description: input.Description }),
      GetKeyPolicy: (input: OfKey) => ({ Policy: byId(input).policy, PolicyName: "default" }),
      PutKeyPolicy: (input: PutKeyPolicyRequest) => change(input, { policy: input.Policy }),
      EnableKey: (input: OfKey) => change(input, { enabled: true }),
      DisableKey: (input: OfKey) => change(input, { enabled: false }),
      GetKeyRotationStatus: (input: OfKey) => {
        const { arn, rotationEnabled, rotationPeriodInDays } = byId(input);
        return { KeyId: arn, KeyRotationEnabled: rotationEnabled, RotationPeriodInDays: rotationPeriodInDays };
      },
      EnableKeyRotation: (input: EnableKeyRotationRequest) =>
        change(input, { rotationEnabled: true, rotationPeriodInDays: input.RotationPeriodInDays ?? 365 }),
      DisableKeyRotation: (input: OfKey) => change(input, { rotationEnabled: false }),
      ScheduleKeyDeletion: ({ KeyId = "", PendingWindowInDays }: Partial<ScheduleKeyDeletionRequest>) => {
        const { arn, keyState, deletionDate } = keys.scheduleKeyDeletion(KeyId, PendingWindowInDays);
        return { KeyId: arn, KeyState: keyState, DeletionDate: seconds(deletionDate), PendingWindowInDays };
      },
      ListResourceTags: (input: Listing & OfKey) => {
        const tags = Object.entries(byId(input).tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
        const { items: Tags, ...page } = pageOf(tags, input);
        return { Tags, ...page };
      },
      TagResource: (input: TagResourceRequest) =>
        change(input, { tags: { ...byId(input).tags, ...recordOf(input.Tags) } }),
      UntagResource: (input: UntagResourceRequest) => {
        const left = Object.entries(byId(input).tags).filter(([key]) => !input.TagKeys?.includes(key));
        return change(input, { tags: Object.fromEntries(left) });
      },
      ListAliases: (input: ListAliasesRequest) => {
        const wanted = input.KeyId === undefined ? undefined : byId(input).keyId;
        const aliases = keys
          .listAliases()
          .filter(({ targetKeyId }) => wanted === undefined || targetKeyId === wanted)
          .map(({ name, arn, targetKeyId }) => ({ AliasName: name, AliasArn: arn, TargetKeyId: targetKeyId }));
        const { items: Aliases, ...page } = pageOf(aliases, input);
        return { Aliases, ...page };
      },
      CreateAlias: ({ AliasName = "", TargetKeyId = "" }: Partial<UpdateAliasRequest>) => {
        keys.createAlias(AliasName, TargetKeyId);
        return {};
      },
      UpdateAlias: ({ AliasName = "", TargetKeyId = "" }: Partial<UpdateAliasRequest>) => {
        keys.updateAlias(AliasName, TargetKeyId);
        return {};
      },
      DeleteAlias: ({ AliasName = "" }: { AliasName?: string }) => {
        keys.deleteAlias(AliasName);
        return {};
      },
    });
  },
  resources: [keyType, aliasType],
  functions: { "aws:kms/getKey:getKey": getKey, "aws:kms/getAlias:getAlias": getAlias },
});

function pageOf<T>(items: T[], { Marker, Limit }: Listing) {
  const page = paginate(items, Marker, Limit, { code: "InvalidMarkerException" });
  return { items: page.items, Truncated: page.nextToken !== undefined, NextMarker: page.nextToken };
}

function recordOf(tags: Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]));
}

function metadata(key: Key) {
  return {
    AWSAccountId: key.arn.split(":")[4],
    KeyId: key.keyId,
    Arn: key.arn,
    Description: key.description,
    Enabled: key.enabled,
    KeyState: key.keyState,
    KeyManager: "CUSTOMER",
    KeyUsage: key.keyUsage,
    KeySpec: key.keySpec,
    CustomerMasterKeySpec: key.keySpec,
    MultiRegion: key.multiRegion,
    Origin: "AWS_KMS",
    CreationDate: seconds(key.creationDate),
    DeletionDate: seconds(key.deletionDate),
  };
}

function seconds(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Date.parse(date) / 1000;
}
