import {
  type DatabaseTarget,
  describeTarget,
  type Fault,
  isNamespaceGuid,
} from "@redshift-fleet/redshift/declarations";

/** `<workgroup or cluster>/<database>/<rest>`: how the resources of this kind are identified. */
export function placeId(target: DatabaseTarget, ...rest: string[]): string {
  return [describeTarget(target), ...rest].join("/");
}

/** A namespace must be named by its GUID; undefined = not known yet. */
export function checkNamespace(path: string, value: string | undefined): Fault[] {
  if (value === undefined || isNamespaceGuid(value)) return [];
  return [
    {
      path,
      value,
      rule: "must be the GUID of a namespace",
      remedy: value.startsWith("arn:") ? "Pass the namespaceId, not the ARN" : "Pass the namespace's namespaceId",
    },
  ];
}
