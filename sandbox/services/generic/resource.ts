import { randomBytes } from "node:crypto";
import type { JsonObject } from "../../aws/json";
import type { Property } from "../../provider/resource/property";
import { any } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { isMap, type Value, type ValueMap } from "../../provider/values";

/** Properties by which AWS knows a thing: a new value is a new thing. */
const IDENTITY = /^(name|namePrefix|identifier|clusterIdentifier|region)$/;

/** Seen in a state or handled elsewhere, and never an input of its own. */
const NOT_INPUTS: ReadonlySet<string> = new Set(["id", "arn", "tags", "tagsAll", "__defaults"]);

/** Kinds that exist for what they do when they are made: to remember their inputs would be to pretend. */
const DOES_SOMETHING =
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
    if (NOT_INPUTS.has(key)) continue;
    properties[key] = any({ replaces: IDENTITY.test(key) });
  }
  return {
    token,
    label: `${service} ${kind}`,
    tagged,
    properties,
    outputs: ["arn"],
    check: () => (DOES_SOMETHING.test(kind) ? [{ property: "", reason: refusal(token) }] : []),
    async create(values, { models, account }) {
      const name = ["name", "identifier", "clusterIdentifier"]
        .map((key) => values[key])
        .find((value) => typeof value === "string");
      const unique = randomBytes(8).toString("hex");
      const id =
        typeof name === "string" && !models.generic.find(token, name) ? name : `${kind.toLowerCase()}-${unique}`;
      const arn = account.arn(service, `${kind.toLowerCase()}/${id}`);
      models.generic.put({ type: token, id, properties: remembered(values, arn) });
      return id;
    },
    async read(id, { models }) {
      const found = models.generic.find(token, id);
      if (!found) return undefined;
      const { tagsAll = {}, ...rest } = found.properties as ValueMap;
      return { ...rest, tagsAll };
    },
    async update(id, { news }, { models }) {
      const arn: Value | undefined = models.generic.find(token, id)?.properties.arn;
      models.generic.put({ type: token, id, properties: remembered(news, String(arn ?? "")) });
    },
    async delete(id, _state, { models }) {
      models.generic.delete(token, id);
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

function remembered(values: ValueMap, arn: string): JsonObject {
  const { __defaults: _defaults, ...rest } = values;
  return JSON.parse(JSON.stringify({ arn, ...rest }));
}
