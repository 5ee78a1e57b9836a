import { type Invoke, look } from "../../provider/resource/invoke";
import { text } from "../../provider/values";
import { getPolicyDocument } from "./policy-document";
import { iamRole } from "./resources";

const getRole: Invoke = {
  regional: false,
  async run(args, context) {
    return { ...(await look(iamRole, text(args, "name"), context)), roleLastUseds: [] };
  },
};

export const functions: Readonly<Record<string, Invoke>> = {
  "aws:iam/getRole:getRole": getRole,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
};
