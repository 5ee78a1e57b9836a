import { AwsError } from "../../aws/errors";
import type { Collection, Store } from "../../store/store";
import type { SecretRecord } from "./records";

export interface ById {
  /** A name, an ARN, or an ARN without its random ending. */
  SecretId?: string;
}

/** The current time in epoch seconds, as records have it. */
export const now = () => Date.now() / 1_000;

/** The secrets that there are. Those whose time to be recovered is over are gone at the next look. */
export class Secrets {
  private readonly records: Collection<SecretRecord>;
  /** Names that are not free yet, with the epoch seconds at which they will be. */
  private readonly takenNames: Collection<{ until: number }>;

  constructor(store: Store) {
    this.records = store.collection("secretsmanager/secrets");
    this.takenNames = store.collection("secretsmanager/taken-names");
  }

  put(secret: SecretRecord): void {
    this.records.put(secret.arn, secret);
  }

  delete(arn: string): void {
    this.records.delete(arn);
  }

  /** @param nameTakenFor milliseconds until another secret may have its name */
  deleteByForce({ arn, name }: SecretRecord, nameTakenFor: number): void {
    this.records.delete(arn);
    if (nameTakenFor > 0) this.takenNames.put(name, { until: now() + nameTakenFor / 1_000 });
  }

  isNameTaken(name: string): boolean {
    const taken = this.takenNames.get(name);
    if (taken && taken.until <= now()) this.takenNames.delete(name);
    return taken !== undefined && taken.until > now();
  }

  list(): SecretRecord[] {
    this.purge();
    return this.records.list();
  }

  /** By name, ARN, or ARN without the random ending. */
  lookUp(id: string): SecretRecord | undefined {
    this.purge();
    const byArn = this.records.get(id);
    if (byArn) return byArn;
    return this.records.list().find((secret) => secret.name === id || secret.arn.slice(0, -7) === id);
  }

  require(input: ById): SecretRecord {
    const secret = this.lookUp(input.SecretId ?? "");
    if (!secret) {
      throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return secret;
  }

  requireLive(input: ById): SecretRecord {
    const secret = this.require(input);
    if (secret.deletedAt !== undefined) {
      throw new AwsError(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    }
    return secret;
  }

  requireUnmanaged(input: ById, { deletedToo = false } = {}): SecretRecord {
    const secret = deletedToo ? this.require(input) : this.requireLive(input);
    if (secret.owningService !== undefined) {
      throw new AwsError(
        "InvalidRequestException",
        `The secret ${secret.name} is managed by ${secret.owningService}; change it through that service.`,
      );
    }
    return secret;
  }

  private purge(): void {
    for (const secret of this.records.list()) {
      if (secret.purgeAt !== undefined && secret.purgeAt <= now()) this.records.delete(secret.arn);
    }
  }
}
