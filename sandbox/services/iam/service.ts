import { defineService } from "../service";
import { Iam } from "./entities";
import { iamOperations } from "./operations";
import { iamPolicy } from "./policy";
import { getPolicyDocument } from "./policy-document";
import { getRole, iamRole, iamRolePolicy, iamRolePolicyAttachment } from "./role";

/** Roles and policies: documents are checked for form, nothing is enforced. */
export const iam = defineService({
  name: "iam",
  api: {
    form: "xml",
    async client(config) {
      const sdk = await import("@aws-sdk/client-iam");
      return [sdk, new sdk.IAMClient(config).config];
    },
  },
  open: (context) => new Iam(context),
  operations: iamOperations,
  resources: [iamRole, iamRolePolicy, iamRolePolicyAttachment, iamPolicy],
  functions: {
    "aws:iam/getRole:getRole": getRole,
    "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
  },
});
