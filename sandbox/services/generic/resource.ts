import { randomBytes } from "node:crypto";
import type { Property } from "../../provider/resource/property";
import { any } from "../../provider/resource/property";
import { lookUp } from "../../provider/resource/resource";
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import { isMap, type ValueMap } from "../../provider/values";

/** Properties by which AWS knows a thing: a new value is a new thing. */
const identity = /^(name|namePrefix|identifier|clusterIdentifier|region)$/;

/** Seen in a state or handled elsewhere, and never an input of its own. */
const notInputs: ReadonlySet<string> = new Set(["id", "arn", "tags", "tagsAll", "__defaults"]);

/** Kinds that exist for what they do when they are made: to remember their inputs would be to pretend. */
const doesSomething =
  /(?<!Prepared)(Statement|Command|Invocation|Dispatch|Execution)$|(Training|Labeling|Tuning|Signing|Evaluation|Export|Invocation)Job$/;

/**
 * A type that the sandbox knows nothing of: it remembers the inputs, gives an id and an ARN that stay, and refuses
 * nothing. What AWS would compute is unknown at preview and absent afterwards, apart from `arn`. Only a type whose
 * purpose is what it does when it is made (a statement, an invocation) is refused.
 */
export function genericType(token: string, inputs: ValueMap): ResourceType {
  const [, path = "", kind = "Resource"] = token.split(":");
  const service = path.split("/")[0] || "aws";
  const tagged = isMap(inputs.tags) || inputs.tagsAll !== undefined;
  const properties: Record<string, Property> = {};
  for (const key of Object.keys(inputs)) {
    if (notInputs.has(key)) continue;
    properties[key] = any({ replaces: identity.test(key) });
  }
  return {
    token,
    label: `${service} ${kind}`,
    tagged,
    properties,
    outputs: ["arn"],
    check: () => (doesSomething.test(kind) ? [{ property: "", reason: refusal(token) }] : []),
    async create(values, context) {
      const name = ["name", "identifier", "clusterIdentifier"]
        .map((key) => values[key])
        .find((value) => typeof value === "string");
      const unique = `${kind.toLowerCase()}-${randomBytes(8).toString("hex")}`;
      const id = typeof name === "string" && !(await find(context, token, name)) ? name : unique;
      const arn = context.account.arn(service, `${kind.toLowerCase()}/${id}`);
      await put(context, token, id, values, arn);
      return id;
    },
    async read(id, context) {
      const found = await find(context, token, id);
      if (!found) return undefined;
      const { tagsAll = {}, ...rest } = found;
      return { ...rest, tagsAll };
    },
    async update(id, { news }, context) {
      const arn = (await find(context, token, id))?.arn;
      await put(context, token, id, news, String(arn ?? ""));
    },
    async delete(id, _state, { call }) {
      await call("DeleteResource", { type: token, id });
    },
  };
}

function refusal(token: string): string {
  return (
    `the sandbox does not implement ${token}. It keeps the inputs of types that it does not know, but this one exists ` +
    "for what it does when it is made, and nothing would be done. Leave it out of stacks in the sandbox, or do the same " +
    "with aws.redshiftdata.Statement (SQL on a workgroup) or command.local.Command (a program on this machine)."
  );
}

function find(context: TypeContext, type: string, id: string): Promise<ValueMap | undefined> {
  return lookUp(context, "GetResource", { type, id }, "properties");
}

async function put({ call }: TypeContext, type: string, id: string, values: ValueMap, arn: string): Promise<void> {
  const { __defaults: _defaults, ...rest } = values;
  await call("PutResource", { type, id, properties: { arn, ...rest } });
}
