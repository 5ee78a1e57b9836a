import { number, set, string } from "../../provider/resource/property";
import { lookUp } from "../../provider/resource/resource";
import { defined, optionalText, text, texts } from "../../provider/values";
import { deleted, resource } from "./secret";

/** https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secretversion/ Its id is `<secret ARN>|<version id>`. */
export const secretVersion = resource({
  token: "aws:secretsmanager/secretVersion:SecretVersion",
  label: "Secrets Manager Secret Version",
  properties: {
    secretBinary: string({ replaces: true, sensitive: true }),
    secretId: string({ required: true, replaces: true }),
    secretString: string({ replaces: true, sensitive: true }),
    secretStringWo: string({ writeOnly: true, sensitive: true }),
    secretStringWoVersion: number({ replaces: true }),
    versionStages: set({ computed: true }),
  },
  outputs: ["arn", "hasSecretStringWo", "secretArn", "versionId"],
  id: "VersionId",
  async create(inputs, { call }) {
    const SecretString = optionalText(inputs, "secretString") ?? optionalText(inputs, "secretStringWo");
    const stages = texts(inputs, "versionStages");
    const put = await call(
      "PutSecretValue",
      defined({
        SecretId: text(inputs, "secretId"),
        SecretString,
        SecretBinary: optionalText(inputs, "secretBinary"),
        VersionStages: stages.length > 0 ? stages : undefined,
      }),
    );
    return `${put.ARN}|${put.VersionId}`;
  },
  async read(id, context, before) {
    const [SecretId, VersionId] = id.split("|") as [string, string];
    const found = await lookUp(context, "GetSecretValue", { SecretId, VersionId });
    if (!found || deleted(found)) return undefined;
    const hidden = before.secretStringWo !== undefined || before.hasSecretStringWo === true;
    const { ARN = SecretId, SecretBinary = null, SecretString = null, VersionStages = [] } = found;
    return {
      arn: ARN,
      hasSecretStringWo: hidden,
      secretArn: ARN,
      secretBinary: SecretBinary,
      secretId: before.secretId ?? SecretId,
      secretString: hidden ? null : SecretString,
      versionId: VersionId,
      versionStages: VersionStages,
    };
  },
  async apply(id, { news, olds }, { call }) {
    if (olds.secretId === undefined) return;
    const [SecretId, MoveToVersionId] = id.split("|") as [string, string];
    for (const VersionStage of texts(news, "versionStages"))
      if (!texts(olds, "versionStages").includes(VersionStage))
        await call("UpdateSecretVersionStage", { SecretId, VersionStage, MoveToVersionId });
  },
  async delete() {
    // AWS drops a version once no stage points at it; the current one goes with its secret.
  },
});
