import { isNotFound } from "../../aws/errors";
import { isArn, json, string } from "../../provider/resource/property";
import { resource } from "./resource";

/** https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/resourcepolicy/ */
export const resourcePolicy = resource({
  token: "aws:redshiftserverless/resourcePolicy:ResourcePolicy",
  label: "Redshift Serverless Resource Policy",
  properties: {
    policy: json({ required: true }),
    resourceArn: string({ required: true, replaces: true }, isArn),
  },
  id: "resourceArn",
  create: ["PutResourcePolicy", "resourceArn", "policy"],
  read: { operation: "GetResourcePolicy", at: "resourcePolicy" },
  update: [["PutResourcePolicy", "policy"]],
  async delete(resourceArn, _state, { call }) {
    try {
      await call("DeleteResourcePolicy", { resourceArn });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  },
});
