import { isNotFound } from "../../aws/errors";
import { isArn, json, length, matches, number, oneOf, set, string } from "../../provider/resource/property";
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import { defined, isEmpty, isMap, maps, optionalText, text, texts, type ValueMap } from "../../provider/values";
import { get } from "./namespace";

const findEndpoint = (context: TypeContext, id: string) =>
  get(context, "GetEndpointAccess", { endpointName: id }, "endpoint");

function active(context: TypeContext, id: string): Promise<ValueMap> {
  return context.until(`Redshift Serverless Endpoint Access (${id}) to be active`, async () => {
    const found = await findEndpoint(context, id);
    return found?.endpointStatus === "ACTIVE" ? found : undefined;
  });
}

/**
 * https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/endpointaccess/
 * Nothing is tried again where something else is under way: internal/service/redshiftserverless/endpoint_access.go of
 * hashicorp/terraform-provider-aws does not either; nor does usage_limit.go.
 */
export const endpointAccess: ResourceType = {
  token: "aws:redshiftserverless/endpointAccess:EndpointAccess",
  label: "Redshift Serverless Endpoint Access",
  properties: {
    endpointName: string(
      { required: true, replaces: true },
      length(1, 30),
      matches(
        /^[a-z](-?[a-z0-9])*$/,
        "expected lower-case letters, digits and single hyphens, beginning with a letter",
      ),
    ),
    ownerAccount: string({}, matches(/^\d{12}$/, "expected an account id of 12 digits")),
    region: string({ computed: true, replaces: true }),
    subnetIds: set({ required: true, replaces: true }),
    vpcSecurityGroupIds: set({ computed: true }),
    workgroupName: string({ required: true, replaces: true }),
  },
  outputs: ["address", "arn", "port", "vpcEndpoints"],
  async create(inputs, context) {
    const endpointName = text(inputs, "endpointName");
    const input = defined({
      endpointName,
      workgroupName: text(inputs, "workgroupName"),
      subnetIds: texts(inputs, "subnetIds"),
      vpcSecurityGroupIds: isEmpty(inputs.vpcSecurityGroupIds) ? undefined : texts(inputs, "vpcSecurityGroupIds"),
      ownerAccount: optionalText(inputs, "ownerAccount"),
    });
    await context.call("CreateEndpointAccess", input as Record<string, string | string[]>);
    await active(context, endpointName);
    return endpointName;
  },
  async read(id, context) {
    const found = await findEndpoint(context, id);
    if (!found) return undefined;
    return {
      address: found.address ?? "",
      arn: found.endpointArn ?? "",
      endpointName: id,
      port: found.port ?? null,
      subnetIds: found.subnetIds ?? [],
      vpcEndpoints: isMap(found.vpcEndpoint) ? [found.vpcEndpoint] : [],
      vpcSecurityGroupIds: maps(found, "vpcSecurityGroups").map((group) => text(group, "vpcSecurityGroupId")),
      workgroupName: found.workgroupName ?? "",
    };
  },
  async update(id, { news }, context) {
    const vpcSecurityGroupIds = texts(news, "vpcSecurityGroupIds");
    await context.call("UpdateEndpointAccess", { endpointName: id, vpcSecurityGroupIds });
    await active(context, id);
  },
  async delete(id, _state, context) {
    await context.call("DeleteEndpointAccess", { endpointName: id });
    await context.until(`Redshift Serverless Endpoint Access (${id}) to be deleted`, async () =>
      (await findEndpoint(context, id)) ? undefined : true,
    );
  },
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/usagelimit/ */
export const usageLimit: ResourceType = {
  token: "aws:redshiftserverless/usageLimit:UsageLimit",
  label: "Redshift Serverless Usage Limit",
  properties: {
    amount: number({ required: true }),
    breachAction: string({ default: "log" }, oneOf("log", "emit-metric", "deactivate")),
    period: string({ default: "monthly", replaces: true }, oneOf("daily", "weekly", "monthly")),
    region: string({ computed: true, replaces: true }),
    resourceArn: string({ required: true, replaces: true }, isArn),
    usageType: string({ required: true, replaces: true }, oneOf("serverless-compute", "cross-region-datasharing")),
  },
  outputs: ["arn"],
  async create(inputs, context) {
    const answer: ValueMap = await context.call("CreateUsageLimit", {
      resourceArn: text(inputs, "resourceArn"),
      usageType: text(inputs, "usageType"),
      amount: Number(inputs.amount),
      period: text(inputs, "period"),
      breachAction: text(inputs, "breachAction"),
    });
    return isMap(answer.usageLimit) ? text(answer.usageLimit, "usageLimitId") : "";
  },
  async read(id, context) {
    const found = await get(context, "GetUsageLimit", { usageLimitId: id }, "usageLimit");
    if (!found) return undefined;
    const { amount, breachAction, period, resourceArn, usageType, usageLimitArn } = found;
    return defined({ amount, breachAction, period, resourceArn, usageType, arn: usageLimitArn });
  },
  async update(id, { news }, context) {
    const input = { usageLimitId: id, amount: Number(news.amount), breachAction: text(news, "breachAction") };
    await context.call("UpdateUsageLimit", input);
  },
  async delete(id, _state, context) {
    await context.call("DeleteUsageLimit", { usageLimitId: id });
  },
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/resourcepolicy/ */
export const resourcePolicy: ResourceType = {
  token: "aws:redshiftserverless/resourcePolicy:ResourcePolicy",
  label: "Redshift Serverless Resource Policy",
  properties: {
    policy: json({ required: true }),
    region: string({ computed: true, replaces: true }),
    resourceArn: string({ required: true, replaces: true }, isArn),
  },
  outputs: [],
  async create(inputs, context) {
    const resourceArn = text(inputs, "resourceArn");
    await context.call("PutResourcePolicy", { resourceArn, policy: text(inputs, "policy") });
    return resourceArn;
  },
  async read(id, context) {
    const found = await get(context, "GetResourcePolicy", { resourceArn: id }, "resourcePolicy");
    return found && defined({ resourceArn: id, policy: found.policy });
  },
  async update(id, { news }, context) {
    await context.call("PutResourcePolicy", { resourceArn: id, policy: text(news, "policy") });
  },
  async delete(id, _state, context) {
    try {
      await context.call("DeleteResourcePolicy", { resourceArn: id });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  },
};
