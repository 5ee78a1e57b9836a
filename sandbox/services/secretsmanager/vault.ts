import { type Assumptions, defaultAssumptions } from "../../assumptions";
import { AwsError } from "../../aws/errors";
import type { SecretCipher } from "./cipher";
import type { SecretRecord, SecretValue, VersionRecord } from "./records";

/** What KMS knows of the keys that secrets are under. */
export interface SecretKeys {
  /** By id, ARN, alias or the alias's ARN. */
  findKey(reference: string): { arn: string; keyState: string } | undefined;
}

/** Stages whose versions are encrypted anew when a secret's key changes. */
const restaged = ["AWSCURRENT", "AWSPENDING", "AWSPREVIOUS"];

/**
 * Values under KMS keys: only an enabled key encrypts and decrypts.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export class Vault {
  constructor(
    private readonly cipher: SecretCipher,
    private readonly keys?: SecretKeys,
    private readonly assumptions: Assumptions = defaultAssumptions,
  ) {}

  /** @throws EncryptionFailure */
  seal(value: SecretValue, kmsKeyId: string | undefined): Pick<VersionRecord, "text" | "binary" | "keyIds"> {
    this.requireForEncryption(kmsKeyId);
    const sealed = (plain: string | undefined) => (plain === undefined ? undefined : this.cipher.encrypt(plain));
    return {
      text: sealed(value.SecretString),
      binary: sealed(value.SecretBinary),
      keyIds: kmsKeyId === undefined ? undefined : [kmsKeyId],
    };
  }

  /** @throws AwsError that says that no key opens it */
  open(secret: Pick<SecretRecord, "kmsKeyId">, version: VersionRecord): SecretValue {
    this.requireForDecryption(secret, version);
    const opened = (sealed: string | undefined) => (sealed === undefined ? undefined : this.cipher.decrypt(sealed));
    return { SecretString: opened(version.text), SecretBinary: opened(version.binary) };
  }

  /**
   * The versions of a secret that comes under another key. The former key opens them as well.
   * https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_update-encryption-key.html
   */
  underKey(secret: SecretRecord, kmsKeyId: string): VersionRecord[] {
    this.requireForEncryption(kmsKeyId);
    return secret.versions.map((version) => {
      if (!version.stages.some((stage) => restaged.includes(stage))) return version;
      if (this.assumptions["key-change"] === "refused") this.requireForDecryption(secret, version);
      else if (!this.opens(secret, version)) return { ...version, keyIds: keysOf(secret, version) };
      return { ...version, keyIds: [...keysOf(secret, version), kmsKeyId] };
    });
  }

  private opens(secret: Pick<SecretRecord, "kmsKeyId">, version: VersionRecord): boolean {
    const keyIds = keysOf(secret, version);
    return keyIds.length === 0 || keyIds.some((id) => this.isEnabled(id));
  }

  private requireForEncryption(kmsKeyId: string | undefined): void {
    if (kmsKeyId === undefined || this.isEnabled(kmsKeyId)) return;
    throw new AwsError(
      "EncryptionFailure",
      "Secrets Manager can't encrypt the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state.",
    );
  }

  private requireForDecryption(secret: Pick<SecretRecord, "kmsKeyId">, version: VersionRecord): void {
    if (this.opens(secret, version)) return;
    const [id = ""] = keysOf(secret, version);
    const key = this.keys?.findKey(id);
    const state = key?.keyState === "Disabled" ? "is disabled" : "is pending deletion";
    const code = this.assumptions["unusable-key"];
    const messages: Record<typeof code, string> = {
      DecryptionFailure: "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
      AccessDeniedException: "Access to KMS is not allowed",
      InvalidRequestException: `The KMS key ${key?.arn ?? id} ${state}.`,
      KMSInvalidStateException: `${key?.arn ?? id} ${state}.`,
    };
    throw new AwsError(code, messages[code]);
  }

  /** AWS's own keys are always there. */
  private isEnabled(reference: string): boolean {
    if (!this.keys || reference.includes("alias/aws/")) return true;
    return this.keys.findKey(reference)?.keyState === "Enabled";
  }
}

/** Versions from before keys were kept with them are under the secret's own. */
function keysOf(secret: Pick<SecretRecord, "kmsKeyId">, version: VersionRecord): string[] {
  return version.keyIds ?? (secret.kmsKeyId === undefined ? [] : [secret.kmsKeyId]);
}
