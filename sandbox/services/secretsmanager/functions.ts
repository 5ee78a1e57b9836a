import { type Invoke, look } from "../../provider/resource/invoke";
import { optionalText, text } from "../../provider/values";
import { secret } from "./secret";

const getSecret: Invoke = {
  async run(args, context) {
    const id = optionalText(args, "arn") ?? text(args, "name");
    return { ...(await look(secret, id, context)), createdDate: "", lastChangedDate: "" };
  },
};

const getSecretVersion: Invoke = {
  secrets: ["secretString", "secretBinary"],
  async run(args, { call }) {
    const input: Record<string, string> = { SecretId: text(args, "secretId") };
    const [id, stage] = [optionalText(args, "versionId"), optionalText(args, "versionStage")];
    if (id !== undefined) input.VersionId = id;
    else input.VersionStage = stage ?? "AWSCURRENT";
    const found = await call("GetSecretValue", input);
    const {
      ARN = "",
      SecretString = "",
      SecretBinary = "",
      VersionId = "",
      VersionStages = [],
      CreatedDate = 0,
    } = found;
    return {
      ...args,
      arn: ARN,
      createdDate: new Date(Number(CreatedDate) * 1000).toISOString(),
      id: `${input.SecretId}|${id ?? stage ?? "AWSCURRENT"}`,
      secretArn: ARN,
      secretBinary: SecretBinary,
      secretString: SecretString,
      versionId: VersionId,
      versionStages: VersionStages,
    };
  },
};

export const functions: Readonly<Record<string, Invoke>> = {
  "aws:secretsmanager/getSecret:getSecret": getSecret,
  "aws:secretsmanager/getSecretVersion:getSecretVersion": getSecretVersion,
};
