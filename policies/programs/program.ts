/** Stacks that the programs run in: what a policy asks for may depend on the stack's name. */
export type StackName = "lab" | "prod" | "acme";

/** A Pulumi program, small enough to share a stack with others. */
export interface Program {
  /** Begins the name of each of its resources, up to `--`: so that a finding can be put down to it. */
  name: string;
  stack: StackName;
  /** What the pack must find: policy → names of resources without the program's own part. Nothing else may be found. */
  finds: Record<string, string[]>;
  /** Declares the resources. @param name gives a resource of this program its name */
  declare(name: Naming): void;
}
export type Naming = (resource: string) => string;
type Declare = Program["declare"];

const programs: Program[] = [];

/** A program with one mistake. */
export function bad(name: string, finds: Program["finds"], declare: Declare, stack: StackName = "lab"): void {
  programs.push({ name, stack, finds, declare });
}

/** A program without a mistake, about which the pack has nothing to say. */
export function good(name: string, declare: Declare, stack: StackName = "lab"): void {
  programs.push({ name, stack, finds: {}, declare });
}

export function allPrograms(): readonly Program[] {
  return programs;
}

/** Declares every program of a stack. */
export function declareAll(stack: string): void {
  for (const program of programs) {
    if (program.stack === stack) program.declare((resource) => `${program.name}--${resource}`);
  }
}
