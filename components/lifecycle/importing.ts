import type * as pulumi from "@pulumi/pulumi";
import { isDynamicResource } from "./dynamic-resource";

/**
 * For `transforms` of a component: has resources below it imported, as the option `import` does for a resource that a
 * program makes itself. A transform must not set that option: the engine would read the resource by itself and cannot,
 * since its request lacks the code (pulumi/pulumi#16175).
 *
 * @param ids name of the resource → the import id that its class documents
 * @example
 * new Datashare("sales", args, { transforms: [importing({ "sales-share": "producer-wg/fleet/sales" })] });
 */
export function importing(ids: Readonly<Record<string, string>>): pulumi.ResourceTransform {
  return ({ type, name, props, opts }) => {
    if (!Object.hasOwn(ids, name)) return undefined;
    if (isDynamicResource(type)) return { props: { ...props, importId: ids[name] }, opts };
    throw new Error(
      `importing(…) names ${name}, which is of type ${type}: only datashares, grants, consumer databases, readers and schemas are imported this way. Take it out, and use the resource option import or the command pulumi import.`,
    );
  };
}
