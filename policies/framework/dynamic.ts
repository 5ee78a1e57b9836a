import type { Node } from "./peek";
import type { Subject } from "./subject";

/** What the token of a dynamic resource says of its meaning: nothing, where its class names neither module nor type. */
export interface DynamicType {
  module: string;
  type: string;
}

/**
 * Tokens of dynamic resources are `pulumi-<language>:dynamic[/<module>]:<Type>`, and the type is `Resource` where its class
 * names none (Pulumi's SDKs: `dynamic/index.js`, `dynamic/dynamic.py`).
 */
const dynamicToken = /^pulumi-(?:nodejs|python):dynamic(?:\/([^:]*))?:(.+)$/;

function dynamicType(token: string): DynamicType | undefined {
  const [, module = "", type] = dynamicToken.exec(token) ?? [];
  return type === undefined ? undefined : { module, type };
}

/**
 * The resource as a datashare, if it is a dynamic resource that says so: by its type, or, where its class names none, by a
 * property that names a share. Whatever else a dynamic resource may be is a stranger of a meaning of its own.
 */
export function asDatashare(resource: Subject): Node | undefined {
  const dynamic = dynamicType(resource.type);
  if (!dynamic) return undefined;
  const named = dynamic.type !== "Resource";
  const itIs = named
    ? /^data_?share(?:resource)?$/i.test(dynamic.type)
    : resource.keys().some((key) => /share/i.test(key));
  return itIs ? (resource as Node) : undefined;
}

/** Whether the resource is a dynamic one that has to do with Redshift, for all that its token and properties say. */
export function isRedshifts(resource: Subject): boolean {
  return /redshift/i.test(dynamicType(resource.type)?.module ?? "") || asDatashare(resource) !== undefined;
}
