import type { Fault } from "@redshift-fleet/components";
import { closest } from "@redshift-fleet/redshift/declarations";
import { fleetSchema } from "./schema";

/** The namespace that the examples are written in; a project that was renamed has another. */
const examples = "redshift-fleet";
/** Namespaces of the engine and of providers, whatever the project is called. */
const others = new Set(["aws", "aws-native", "awsx", "command", "pulumi"]);

/**
 * Keys that the program would pass over because their namespace is nearly the project's: their writer would get the
 * defaults, and no word about it. Keys of other namespaces are for others.
 */
export function namespaceFaults(project: string, keys: readonly string[]): Fault[] {
  return keys.flatMap((key) => {
    const colon = key.indexOf(":");
    const [namespace, rest] = [key.slice(0, colon), key.slice(colon + 1)];
    if (colon < 0 || namespace === project || others.has(namespace) || !meansUs(namespace, rest, project)) return [];
    return [
      {
        path: key,
        value: namespace,
        rule: `must be in the namespace ${project}, which is the project's name: other namespaces are not read`,
        remedy: `Write \`${project}:${rest}\``,
      },
    ];
  });
}

function meansUs(namespace: string, key: string, project: string): boolean {
  if (namespace === examples || closest(namespace, [project, examples])) return true;
  const part = project.includes(namespace) || namespace.includes(project);
  return part && (key.split(".")[0] ?? key) in fleetSchema.shape;
}
