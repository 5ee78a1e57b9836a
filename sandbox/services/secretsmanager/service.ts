import type { Assumptions } from "../../assumptions";
import type { Account } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import { operationsOf } from "../../aws/handlers";
import { paginate } from "../../aws/paginate";
import type { AwsService, Operations } from "../../aws/service";
import { toTags, type WireTag } from "../../aws/tags";
import type { Store } from "../../store/store";
import { kms } from "../kms/service";
import { defineService } from "../service";
import { SecretCipher } from "./cipher";
import { functions } from "./functions";
import { SecretLifecycle } from "./lifecycle";
import { matches, present } from "./presentation";
import { randomPassword } from "./random-password";
import { secret, secretPolicy } from "./secret";
import { secretVersion } from "./secret-version";
import { type ById, Secrets } from "./secrets";
import { SecretValues } from "./values";
import { type SecretKeys, Vault } from "./vault";
import { findVersion } from "./versions";

export interface SecretsManagerOptions {
  /** Left out: every key can be used. */
  keys?: SecretKeys;
  assumptions?: Assumptions;
  /** Milliseconds for which the name of a secret that was deleted by force stays taken. @default 0 */
  nameTakenFor?: number;
}

/** Secrets Manager. Values rest encrypted. */
export class SecretsManager implements AwsService {
  readonly operations: Operations;
  private readonly secrets: Secrets;
  private readonly lifecycle: SecretLifecycle;
  private readonly vault: Vault;

  constructor(
    account: Account,
    store: Store,
    cipher: SecretCipher,
    { keys, assumptions, nameTakenFor = 0 }: SecretsManagerOptions = {},
  ) {
    this.secrets = new Secrets(store);
    this.vault = new Vault(cipher, keys, assumptions);
    this.lifecycle = new SecretLifecycle(this.secrets, account, this.vault, nameTakenFor);
    this.operations = this.table();
  }

  /** A secret that another service makes and keeps, such as a managed admin password. @returns its ARN */
  createManaged(secret: {
    name: string;
    value: string;
    kmsKeyId?: string;
    owningService: string;
    description: string;
  }): string {
    const existing = this.secrets.lookUp(secret.name);
    if (existing) this.secrets.delete(existing.arn);
    const { ARN } = this.lifecycle.create({
      Name: secret.name,
      SecretString: secret.value,
      KmsKeyId: secret.kmsKeyId,
      Description: secret.description,
    });
    this.secrets.put({ ...this.secrets.require({ SecretId: ARN }), owningService: secret.owningService });
    return ARN;
  }

  /** Removes a managed secret at once; one that is gone already is no fault. */
  deleteManaged(arn: string): void {
    this.secrets.delete(arn);
  }

  /** The current text of a secret, for services that read it on a caller's behalf. @throws ResourceNotFoundException */
  read(secretId: string): string {
    const secret = this.secrets.requireLive({ SecretId: secretId });
    return this.vault.open(secret, findVersion(secret)).SecretString ?? "";
  }

  private describe(input: ById) {
    return present(this.secrets.require(input));
  }

  private list(input: {
    NextToken?: string;
    MaxResults?: number;
    IncludePlannedDeletion?: boolean;
    Filters?: { Key?: string; Values?: string[] }[];
  }) {
    const matching = this.secrets
      .list()
      .filter((secret) => input.IncludePlannedDeletion || secret.deletedAt === undefined)
      .filter((secret) => (input.Filters ?? []).every((filter) => matches(secret, filter)));
    const page = paginate(matching, input.NextToken, input.MaxResults, { code: "InvalidNextTokenException" });
    return { SecretList: page.items.map(present), NextToken: page.nextToken };
  }

  private tag(input: ById & { Tags?: WireTag[] }) {
    const secret = this.secrets.requireLive(input);
    this.secrets.put({ ...secret, tags: { ...secret.tags, ...toTags(input.Tags) } });
    return {};
  }

  private untag(input: ById & { TagKeys?: string[] }) {
    const secret = this.secrets.requireLive(input);
    const left = Object.entries(secret.tags).filter(([key]) => !input.TagKeys?.includes(key));
    this.secrets.put({ ...secret, tags: Object.fromEntries(left) });
    return {};
  }

  private putPolicy(input: ById & { ResourcePolicy?: string; BlockPublicPolicy?: boolean }) {
    const secret = this.secrets.requireLive(input);
    const policy = input.ResourcePolicy ?? "";
    try {
      JSON.parse(policy);
    } catch {
      throw new AwsError("MalformedPolicyDocumentException", "The resource policy is not valid JSON.");
    }
    this.secrets.put({ ...secret, policy });
    return { ARN: secret.arn, Name: secret.name };
  }

  private getPolicy(input: ById) {
    const secret = this.secrets.require(input);
    return { ARN: secret.arn, Name: secret.name, ResourcePolicy: secret.policy };
  }

  private deletePolicy(input: ById) {
    const secret = this.secrets.require(input);
    this.secrets.put({ ...secret, policy: undefined });
    return { ARN: secret.arn, Name: secret.name };
  }

  private table(): Operations {
    const { lifecycle } = this;
    const values = new SecretValues(this.secrets, this.vault);
    return operationsOf<typeof import("@aws-sdk/client-secrets-manager")>({
      CreateSecret: lifecycle.create.bind(lifecycle),
      DescribeSecret: this.describe.bind(this),
      GetSecretValue: values.get.bind(values),
      PutSecretValue: values.put.bind(values),
      UpdateSecret: values.update.bind(values),
      UpdateSecretVersionStage: values.updateStage.bind(values),
      ListSecretVersionIds: values.listVersions.bind(values),
      ListSecrets: this.list.bind(this),
      DeleteSecret: lifecycle.delete.bind(lifecycle),
      RestoreSecret: lifecycle.restore.bind(lifecycle),
      TagResource: this.tag.bind(this),
      UntagResource: this.untag.bind(this),
      PutResourcePolicy: this.putPolicy.bind(this),
      GetResourcePolicy: this.getPolicy.bind(this),
      DeleteResourcePolicy: this.deletePolicy.bind(this),
      GetRandomPassword: randomPassword,
    });
  }
}

export const secretsManager = defineService({
  name: "secretsmanager",
  api: {
    form: "json",
    target: "secretsmanager",
    async client(config) {
      const sdk = await import("@aws-sdk/client-secrets-manager");
      return [sdk, new sdk.SecretsManagerClient(config).config];
    },
    constraints: () => import("./constraints.json"),
  },
  open: ({ account, store, file, use, assumptions, latency }) =>
    new SecretsManager(account, store, SecretCipher.open(file("secrets.key")), {
      keys: use(kms),
      assumptions,
      nameTakenFor: latency.delays["secret-name-free"],
    }),
  operations: ({ operations }) => operations,
  resources: [secret, secretVersion, secretPolicy],
  functions,
});
