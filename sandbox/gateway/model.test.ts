import * as ec2 from "@aws-sdk/client-ec2";
import * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";
import * as kms from "@aws-sdk/client-kms";
import * as data from "@aws-sdk/client-redshift-data";
import * as serverless from "@aws-sdk/client-redshift-serverless";
import * as secrets from "@aws-sdk/client-secrets-manager";
import * as sts from "@aws-sdk/client-sts";
import { NormalizedSchema } from "@smithy/core/schema";
import { type Member, type Model, modelOf, shapeOf } from "./model";
import { dialects, type ServiceName } from "./services";

const clients: Record<ServiceName, object> = {
  "redshift-serverless": serverless,
  "redshift-data": data,
  secretsmanager: secrets,
  kms,
  elasticloadbalancing: elbv2,
  sts,
  ec2,
};

/** The client's schema of an operation: `[9, namespace, name, traits, input, output]`. */
function operationSchema(client: object, name: string): unknown[] | undefined {
  const found = Object.entries(client).find(([key]) => key === `${name}$`)?.[1];
  return Array.isArray(found) ? found : undefined;
}

function kindOf(schema: NormalizedSchema): string {
  if (schema.isStructSchema()) return "structure";
  if (schema.isListSchema()) return "list";
  if (schema.isMapSchema()) return "map";
  if (schema.isBooleanSchema()) return "boolean";
  if (schema.isTimestampSchema()) return "timestamp";
  if (schema.isBlobSchema()) return "blob";
  return schema.isNumericSchema() ? "number" : "string";
}

const numbers = new Set(["integer", "long", "float", "double"]);

/** Where the SDK's schema and the model say different things. */
function differences(
  model: Model,
  member: Member,
  schema: NormalizedSchema,
  path: string,
  seen: Set<string>,
): string[] {
  const shape = member.of === undefined ? undefined : shapeOf(model, member.of);
  const kind = shape?.type ?? (numbers.has(member.type ?? "") ? "number" : member.type);
  if (kindOf(schema) !== kind) return [`${path}: ${kindOf(schema)} for the SDK, ${kind} for the model`];
  if (!shape || seen.has(member.of!)) return [];
  seen.add(member.of!);
  if (shape.type === "list") return differences(model, shape.item!, schema.getValueSchema(), `${path}[]`, seen);
  if (shape.type === "map") return differences(model, shape.value!, schema.getValueSchema(), `${path}{}`, seen);
  return [...schema.structIterator()].flatMap(([name, child]) => {
    const own = shape.members?.[name];
    if (!own) return [`${path}.${name}: not in the model`];
    const { xmlName } = child.getMergedTraits();
    const wire = xmlName !== undefined && xmlName !== own.wire ? [`${path}.${name}: ${xmlName} is ${own.wire}`] : [];
    return [...wire, ...differences(model, own, child, `${path}.${name}`, seen)];
  });
}

it.each(Object.keys(clients) as ServiceName[])("the model of %s is what the SDK's schemas say", async (service) => {
  const model = await modelOf(service);
  const found = Object.entries(model.operations).flatMap(([name, { input, output }]) => {
    const schema = operationSchema(clients[service], name);
    // The model may be newer than the SDK; what the sandbox has is in both.
    if (!schema) return [];
    return [input, output].flatMap((shape, index) => {
      const side = NormalizedSchema.of(schema[4 + index] as never);
      if (shape === undefined) return side.isUnitSchema() ? [] : [`${name}: ${side.getName()} is not in the model`];
      if (side.isUnitSchema()) return [];
      return differences(model, { of: shape }, side, `${name}.${index === 0 ? "input" : "output"}`, new Set());
    });
  });
  expect(found).toEqual([]);
  expect(dialects[service]).toBeDefined();
});
