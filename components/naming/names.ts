import { createHash } from "node:crypto";
import type { Fault } from "../validation";

/** Length limits of names that AWS takes literally, in characters. */
export const nameLimits = { warehouse: 64, endpoint: 30 } as const;

/** A few characters that change when, and only when, one of the parts changes. */
function fingerprint(parts: readonly (string | number)[], length: number): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, length);
}

/**
 * The name of a namespace and of its workgroup. Both have to be named by the caller, and a new one cannot have the
 * name of the old one while that exists: so everything that makes AWS replace a namespace is part of the name, and a
 * replacement is created before the old one goes.
 *
 * @param replacedBy the values whose change replaces the namespace.
 */
export function warehouseName(prefix: string, name: string, replacedBy: readonly (string | number)[]): string {
  return `${prefix}-${name}-${fingerprint([prefix, name, ...replacedBy], 6)}`;
}

/** What AWS lets names of namespaces and workgroups consist of (CreateNamespace, CreateWorkgroup: `^[a-z0-9-]+$`). */
const literal = /^[a-z0-9-]+$/;

/**
 * Checks what everything is called by: project and stack, which Pulumi lets have capitals, dots and underscores.
 *
 * @param rename how to choose another, up to the name itself: "Call it"
 */
export function checkNamePrefix(path: string, prefix: string, rename: string): Fault[] {
  if (literal.test(prefix)) return [];
  return [
    {
      path,
      value: prefix,
      rule: "must consist of lower-case letters, digits and hyphens: names of namespaces and workgroups begin with it",
      remedy: `${rename} \`${literalForm(prefix)}\``,
    },
  ];
}

/** The nearest text that AWS accepts. */
function literalForm(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "fleet"
  );
}

/** Says so when a warehouse's name becomes longer than AWS accepts once prefix and suffix are added. */
export function checkWarehouseName(path: string, prefix: string, name: string): Fault[] {
  const suffixed = warehouseName(prefix, name, []);
  if (suffixed.length <= nameLimits.warehouse) return [];
  const room = nameLimits.warehouse - (suffixed.length - name.length);
  return [
    {
      path,
      value: name,
      rule: `must be short enough to be a workgroup name of at most ${nameLimits.warehouse} characters once "${prefix}-" and a suffix are added`,
      remedy:
        room > 0 ? `Shorten it to ${room} characters or fewer` : `Shorten the names of the project and of the stack`,
    },
  ];
}

/**
 * The name of a Redshift-managed VPC endpoint: at most 30 characters, unique in the account and Region. The readable
 * part is cut to fit, the fingerprint of the whole keeps it unique.
 *
 * @param subnetKey identifies the subnet, so that an endpoint that moves is created before the old one goes.
 */
export function endpointName(warehouse: string, consumer: string, subnetKey: string): string {
  const suffix = fingerprint([warehouse, consumer, subnetKey], 8);
  const room = nameLimits.endpoint - suffix.length - 1;
  return `${consumer.slice(0, room).replace(/-+$/, "")}-${suffix}`;
}
