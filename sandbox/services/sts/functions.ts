import type { Invoke } from "../../provider/resource/invoke";
import { optionalText } from "../../provider/values";

const caller = "sandbox";

const getCallerIdentity: Invoke = {
  regional: false,
  async run(_args, { account }, { assumedRoleArn }) {
    const role = assumedRoleArn?.split("/").pop();
    const arn = role
      ? account.arn("sts", `assumed-role/${role}/${caller}`, { region: "" })
      : account.arn("iam", `user/${caller}`, { region: "" });
    return { accountId: account.accountId, arn, id: account.accountId, userId: "AIDASANDBOX00000000" };
  },
};

const getRegion: Invoke = {
  async run(args, { region }) {
    const name = optionalText(args, "region") ?? optionalText(args, "name") ?? region;
    return { description: name, endpoint: `ec2.${name}.amazonaws.com`, id: name, name, region: name };
  },
};

const getPartition: Invoke = {
  regional: false,
  async run(_args, { account }) {
    const { partition } = account;
    const china = partition === "aws-cn";
    const dnsSuffix = china ? "amazonaws.com.cn" : "amazonaws.com";
    return { dnsSuffix, id: partition, partition, reverseDnsPrefix: china ? "cn.com.amazonaws" : "com.amazonaws" };
  },
};

/** Who calls, and where: what a program asks of its account. */
export const functions: Readonly<Record<string, Invoke>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getRegion:getRegion": getRegion,
  "aws:index/getPartition:getPartition": getPartition,
};
