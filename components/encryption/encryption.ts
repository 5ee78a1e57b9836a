import { Alias, type AliasArgs, Key, type KeyArgs } from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { checkNamePrefix } from "../naming/names";
import { type Transform, transformed } from "../transform";
import { checkInteger, refuse } from "../validation";
import { checkAccountId, type KeyScope, keyPolicy } from "./key-policy";

/** What the fleet's key is made from. */
export interface EncryptionArgs extends KeyScope {
  /** How long a deleted key can be recovered, in days: 7 to 30. @default 30 */
  readonly deletionWindowDays?: number;
  /** How often the key material is renewed, in days: 90 to 2560. @default 365 */
  readonly rotationPeriodDays?: number;
  /** Put on everything that takes tags. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Other arguments or options for what it is made of. */
  readonly transform?: { readonly key?: Transform<KeyArgs>; readonly alias?: Transform<AliasArgs> };
}

/**
 * One customer-managed key for everything the fleet keeps: warehouses, their passwords, readers' secrets and the VPC's
 * flow logs. Audit logs of warehouses are not under it: the service makes their log groups itself. Data sharing
 * needs encryption on both sides; one key for all keeps the question who can read what in one place. About 1 USD a
 * month.
 */
export class Encryption extends pulumi.ComponentResource {
  public readonly keyArn: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every fault of the arguments, before anything is created. */
  constructor(name: string, args: EncryptionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:encryption:Encryption", name, {}, opts);
    const { deletionWindowDays = 30, rotationPeriodDays = 365 } = args;
    refuse(`Encryption "${name}"`, [
      ...checkNamePrefix("namePrefix", args.namePrefix, "Use"),
      ...checkAccountId(args.accountId),
      ...checkInteger("deletionWindowDays", deletionWindowDays, 7, 30, "days"),
      ...checkInteger("rotationPeriodDays", rotationPeriodDays, 90, 2560, "days"),
    ]);
    const key = new Key(
      ...transformed(
        args.transform?.key,
        `${name}-key`,
        {
          description: `Data, passwords and logs of ${args.namePrefix}`,
          enableKeyRotation: true,
          rotationPeriodInDays: rotationPeriodDays,
          deletionWindowInDays: deletionWindowDays,
          policy: JSON.stringify(keyPolicy(args)),
          tags: { ...args.tags, Name: args.namePrefix },
        },
        { parent: this },
      ),
    );
    new Alias(
      ...transformed(
        args.transform?.alias,
        `${name}-alias`,
        { name: `alias/${args.namePrefix}`, targetKeyId: key.keyId },
        { parent: this },
      ),
    );
    this.keyArn = key.arn;
    this.registerOutputs({ keyArn: this.keyArn });
  }
}
