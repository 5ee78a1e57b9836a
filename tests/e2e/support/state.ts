import fs from "node:fs";
import path from "node:path";

/** A resource as the engine's checkpoint keeps it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  custom: boolean;
  delete?: boolean;
  external?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

interface Checkpoint {
  checkpoint: { latest?: { resources?: StateResource[] } };
}

/** What `pulumi stack export` prints of a stack, read where the engine has written it. */
export function readState(sandbox: string, project: string, stack: string): StateResource[] {
  const file = path.join(sandbox, "state", ".pulumi", "stacks", project, `${stack}.json`);
  const { checkpoint } = JSON.parse(fs.readFileSync(file, "utf8")) as Checkpoint;
  return checkpoint.latest?.resources ?? [];
}
