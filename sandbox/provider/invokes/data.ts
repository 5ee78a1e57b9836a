import type { ResourceType, TypeContext } from "../resource/resource-type";
import { iamRole } from "../types/iam";
import { namespace } from "../types/redshift-serverless-namespace";
import { workgroup } from "../types/redshift-serverless-workgroup";
import { secret } from "../types/secretsmanager";
import { isMap, maps, optionalText, text, type ValueMap } from "../values";
import type { Invoke } from "./invoke";

/** What the resource of the same name would show. */
async function look(type: ResourceType, id: string, context: TypeContext): Promise<ValueMap> {
  const found = await type.read(id, context, {});
  if (!found) throw new Error(`reading ${type.label} (${id}): couldn't find resource`);
  const { tagsAll, ...rest } = found;
  return { ...rest, id, tags: isMap(tagsAll) ? tagsAll : {} };
}

const getNamespace: Invoke = {
  run: (args, context) => look(namespace, text(args, "namespaceName"), context),
};

const getWorkgroup: Invoke = {
  run: (args, context) => look(workgroup, text(args, "workgroupName"), context),
};

const getCredentials: Invoke = {
  secrets: ["dbPassword"],
  async run(args, { call }) {
    const { region: _region, ...input } = args;
    const answer = await call("redshiftServerless", "GetCredentials", JSON.parse(JSON.stringify(input)));
    const { dbUser = "", dbPassword = "", expiration = "" } = answer;
    return { ...input, id: text(args, "workgroupName"), dbUser, dbPassword, expiration: String(expiration) };
  },
};

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
    const found: ValueMap = await call("secretsManager", "GetSecretValue", input);
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

const getRole: Invoke = {
  regional: false,
  async run(args, context) {
    return { ...(await look(iamRole, text(args, "name"), context)), roleLastUseds: [] };
  },
};

const getKey: Invoke = {
  async run(args, { models, account }) {
    const key = models.kms.getKey(text(args, "keyId"));
    return {
      ...args,
      arn: key.arn,
      awsAccountId: account.accountId,
      cloudHsmClusterId: "",
      creationDate: key.creationDate,
      customKeyStoreId: "",
      customerMasterKeySpec: key.keySpec,
      deletionDate: key.deletionDate ?? "",
      description: key.description,
      enabled: key.enabled,
      expirationModel: "",
      id: key.keyId,
      keyManager: "CUSTOMER",
      keySpec: key.keySpec,
      keyState: key.keyState,
      keyUsage: key.keyUsage,
      multiRegion: key.multiRegion,
      multiRegionConfigurations: [],
      origin: "AWS_KMS",
      pendingDeletionWindowInDays: 0,
      validTo: "",
      xksKeyConfigurations: [],
    };
  },
};

const getAlias: Invoke = {
  async run(args, { models }) {
    const name = text(args, "name");
    const alias = models.kms.findAlias(name);
    if (!alias) throw new Error(`reading KMS Alias (${name}): empty result`);
    const { arn, targetKeyId } = alias;
    return { arn, id: arn, name, targetKeyArn: models.kms.getKey(targetKeyId).arn, targetKeyId };
  },
};

const getLoadBalancer: Invoke = {
  async run(args, { call }) {
    const arn = optionalText(args, "arn");
    const name = optionalText(args, "name");
    const by: Record<string, string[]> = arn ? { LoadBalancerArns: [arn] } : name ? { Names: [name] } : {};
    const answer: ValueMap = await call("elbv2", "DescribeLoadBalancers", by);
    const found = maps(answer, "LoadBalancers")[0];
    if (!found) throw new Error("no matching ELBv2 Load Balancer found");
    const {
      LoadBalancerArn = "",
      DNSName = "",
      LoadBalancerName = "",
      Scheme = "",
      SecurityGroups = [],
      VpcId = "",
    } = found;
    return {
      arn: LoadBalancerArn,
      dnsName: DNSName,
      id: LoadBalancerArn,
      internal: Scheme === "internal",
      loadBalancerType: found.Type ?? "network",
      name: LoadBalancerName,
      securityGroups: SecurityGroups,
      subnets: maps(found, "AvailabilityZones").map((zone) => text(zone, "SubnetId")),
      vpcId: VpcId,
      zoneId: found.CanonicalHostedZoneId ?? "",
    };
  },
};

export const dataInvokes: Record<string, Invoke> = {
  "aws:redshiftserverless/getNamespace:getNamespace": getNamespace,
  "aws:redshiftserverless/getWorkgroup:getWorkgroup": getWorkgroup,
  "aws:redshiftserverless/getCredentials:getCredentials": getCredentials,
  "aws:secretsmanager/getSecret:getSecret": getSecret,
  "aws:secretsmanager/getSecretVersion:getSecretVersion": getSecretVersion,
  "aws:iam/getRole:getRole": getRole,
  "aws:kms/getKey:getKey": getKey,
  "aws:kms/getAlias:getAlias": getAlias,
  "aws:lb/getLoadBalancer:getLoadBalancer": getLoadBalancer,
};
