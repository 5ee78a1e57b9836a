/** The project's name, as in Pulumi.yaml. */
export const project = "redshift-fleet";

/** The stack of the example: the one that lives in the sandbox unless told otherwise. */
export const sandboxStack = "local";

/** How options name a stack that was started in the sandbox; nothing for the example. */
export function sandboxOptions(stack: string): string {
  return stack === sandboxStack ? "" : ` --stack ${stack} --sandbox`;
}

/** The command that starts a stack in the sandbox. */
export function startedBy(stack: string): string {
  return stack === sandboxStack ? "npm start" : `npx fleet start --stack ${stack}`;
}
