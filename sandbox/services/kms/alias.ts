import { isNotFound } from "../../aws/errors";
import type { Invoke } from "../../provider/resource/invoke";
import { matches, string } from "../../provider/resource/property";
import { lookUp } from "../../provider/resource/resource";
import type { TypeContext } from "../../provider/resource/resource-type";
import { maps, text, type ValueMap } from "../../provider/values";
import { resource } from "./key";

/** Aliases can only be listed. */
async function find(context: TypeContext, name: string): Promise<ValueMap | undefined> {
  for (let Marker: ValueMap = {}; ; ) {
    const page = await context.call("ListAliases", Marker);
    const found = maps(page, "Aliases").find(({ AliasName }) => AliasName === name);
    if (found || page.Truncated !== true) return found;
    Marker = { Marker: page.NextMarker ?? "" };
  }
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/kms/alias/ */
export const aliasType = resource({
  token: "aws:kms/alias:Alias",
  label: "KMS Alias",
  autoName: { property: "name", maxLength: 256, prefixProperty: "namePrefix", before: "alias/" },
  properties: {
    name: string(
      { computed: true, replaces: true },
      matches(
        /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/,
        'expected "alias/" followed by letters, digits, /, _ or -, and not alias/aws/',
      ),
    ),
    targetKeyId: string({ required: true }),
  },
  outputs: ["arn", "targetKeyArn"],
  id: "AliasName",
  members: { name: "AliasName" },
  create: ["CreateAlias", "name", "targetKeyId"],
  async read(id, context, before) {
    const alias = await find(context, id);
    const key = alias && (await lookUp(context, "DescribeKey", { KeyId: alias.TargetKeyId! }, "KeyMetadata"));
    if (!key) return undefined;
    const { AliasArn: arn = "" } = alias;
    const { Arn: targetKeyArn = "", KeyId = "" } = key;
    // The target may have been given as an id or as an ARN; either stays as it was.
    const targetKeyId = before.targetKeyId === targetKeyArn ? targetKeyArn : KeyId;
    return { arn, name: id, namePrefix: "", targetKeyArn, targetKeyId };
  },
  update: [["UpdateAlias", "targetKeyId"]],
  async delete(AliasName, _state, { call }) {
    try {
      await call("DeleteAlias", { AliasName });
    } catch (error) {
      // A key on its way out takes its aliases with it.
      if (!isNotFound(error)) throw error;
    }
  },
});

export const getAlias: Invoke = {
  async run(args, context) {
    const name = text(args, "name");
    const found = await aliasType.read(name, context, {});
    if (!found) throw new Error(`reading KMS Alias (${name}): empty result`);
    const { namePrefix: _prefix, arn = "", ...rest } = found;
    return { ...rest, arn, id: arn };
  },
};
