/** One resource of a checkpoint, as far as recovery looks at it. The rest goes through untouched. */
export interface Resource {
  urn: string;
  type: string;
  custom?: boolean;
  id?: string;
  delete?: boolean;
  /** Whether the engine refuses to delete it. */
  protect?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** What the engine had begun and never recorded the end of. */
export interface PendingOperation {
  resource: Resource;
  type: string;
}

/** What `pulumi stack export` prints. */
export interface Checkpoint {
  deployment: { resources?: Resource[]; pending_operations?: PendingOperation[] };
}

/** The creations whose outcome nobody knows. */
export function unfinishedCreations({ deployment }: Checkpoint): Resource[] {
  return (deployment.pending_operations ?? [])
    .filter(({ type, resource }) => type === "creating" && resource.custom !== false)
    .map(({ resource }) => resource);
}

/**
 * The checkpoint with what was found taken in, and nothing pending any more: what was being updated or deleted is
 * recorded already and the next update does it again, what was not found is made by it.
 *
 * @param found URN → id
 */
export function takeIn(checkpoint: Checkpoint, found: ReadonlyMap<string, string>): Checkpoint {
  const adopted = unfinishedCreations(checkpoint).flatMap((resource) => {
    const id = found.get(resource.urn);
    return id === undefined ? [] : [{ ...resource, id, outputs: resource.outputs ?? resource.inputs }];
  });
  const urns = new Set(adopted.map(({ urn }) => urn));
  // One that replaces another: the other is what is left to delete.
  const before = (checkpoint.deployment.resources ?? []).map((resource) =>
    urns.has(resource.urn) ? { ...resource, delete: true } : resource,
  );
  return {
    ...checkpoint,
    deployment: { ...checkpoint.deployment, resources: [...before, ...adopted], pending_operations: [] },
  };
}
