import { createHash } from "node:crypto";
import type { Kms } from "../kms/keys";
import type { ServiceContext } from "../service";
import type { EncryptionKeys, S3Model } from "./api/types";
import { Buckets } from "./buckets/buckets";
import { S3Error } from "./errors";
import { LocalObjects } from "./local-objects";
import { Notifier } from "./notifications/notifier";
import { type CallService, targetsOver } from "./notifications/targets";
import type { ObjectStore } from "./object-store";
import { Objects } from "./objects/objects";
import { Uploads } from "./objects/uploads";
import { Ledger } from "./storage/ledger";
import type { Encryption } from "./storage/records";

/** How long a notification may take where notifications take their time: S3 says seconds, sometimes a minute. */
const latestEvent = 2_000;

/** All of S3: buckets as records of the account, objects on the disk, and who is told of them. */
export class S3 implements S3Model {
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly uploads: Uploads;
  readonly keys: EncryptionKeys;
  readonly targets;
  readonly region: string;
  readonly accountId: string;
  /** For what runs inside the sandbox. */
  readonly store: ObjectStore;
  private readonly ledger: Ledger;
  private readonly notifier: Notifier;

  constructor(context: ServiceContext, kms: Kms, call: CallService) {
    const { account, assumptions, log } = context;
    this.region = account.region;
    this.accountId = account.accountId;
    this.keys = new KmsKeys(kms, account.arn("kms", `key/${managedKeyId(account.accountId, account.region)}`));
    this.buckets = new Buckets(context, () => this.keys.encryptionWith(undefined).kmsKeyId ?? "");
    this.targets = targetsOver(call);
    this.ledger = Ledger.open({ dir: context.file("s3"), log });
    this.notifier = new Notifier({
      targets: this.targets,
      configuration: (bucket) => (this.buckets.has(bucket) ? this.buckets.find(bucket, "notification") : undefined),
      sender: (bucket) => ({
        region: account.region,
        accountId: account.accountId,
        arn: this.buckets.get(bucket).arn,
      }),
      delivery: assumptions["object-events"],
      latest: latestEvent,
      random: Math.random,
      log,
    });
    this.objects = new Objects(this.ledger, this.buckets, this.notifier);
    this.uploads = new Uploads(this.objects);
    this.store = new LocalObjects(this.objects, (key) => this.keys.encryptionWith(key));
  }

  resume(): void {
    this.notifier.resume(this.ledger);
  }

  async close(): Promise<void> {
    await this.notifier.close();
    this.ledger.close();
  }
}

/** The codes are those that S3 passes on from KMS. https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html */
class KmsKeys implements EncryptionKeys {
  constructor(
    private readonly kms: Kms,
    /** The ARN of `alias/aws/s3`, which the account has without having made it. */
    private readonly managedKey: string,
  ) {}

  encryptionWith(reference: string | undefined, bucketKey = false): Encryption {
    const isManaged =
      reference === undefined || /(^|:)alias\/aws\/s3$/.test(reference) || reference === this.managedKey;
    const kmsKeyId = isManaged ? this.managedKey : this.usable(reference);
    return { algorithm: "aws:kms", kmsKeyId, bucketKey };
  }

  check({ kmsKeyId }: Encryption): void {
    if (kmsKeyId !== undefined && kmsKeyId !== this.managedKey) this.usable(kmsKeyId);
  }

  private usable(reference: string): string {
    const key = this.kms.findKey(reference);
    if (!key) throw new S3Error("KMS.NotFoundException", `Invalid keyId '${reference}'`, 400);
    if (key.keyState === "PendingDeletion") {
      throw new S3Error("KMS.KMSInvalidStateException", `${key.arn} is pending deletion.`, 400);
    }
    if (!key.enabled) throw new S3Error("KMS.DisabledException", `${key.arn} is disabled.`, 400);
    return key.arn;
  }
}

/** The same for an account and Region at every start. */
function managedKeyId(accountId: string, region: string): string {
  const digits = createHash("sha256").update(`${accountId}/${region}/s3`).digest("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
