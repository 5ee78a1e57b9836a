import { type Invoke, look } from "../../provider/resource/invoke";
import { text } from "../../provider/values";
import { namespace } from "./namespace";
import { workgroup } from "./workgroup";

const getCredentials: Invoke = {
  secrets: ["dbPassword"],
  async run(args, { call }) {
    const { region: _region, ...input } = args;
    const { dbUser = "", dbPassword = "", expiration = "" } = await call("GetCredentials", input);
    return { ...input, id: text(args, "workgroupName"), dbUser, dbPassword, expiration: String(expiration) };
  },
};

export const functions: Readonly<Record<string, Invoke>> = {
  "aws:redshiftserverless/getNamespace:getNamespace": {
    run: (args, context) => look(namespace, text(args, "namespaceName"), context),
  },
  "aws:redshiftserverless/getWorkgroup:getWorkgroup": {
    run: (args, context) => look(workgroup, text(args, "workgroupName"), context),
  },
  "aws:redshiftserverless/getCredentials:getCredentials": getCredentials,
};
