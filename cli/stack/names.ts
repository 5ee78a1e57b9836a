/** The project's name, as in Pulumi.yaml. */
export const project = "redshift-fleet";

/** The stack that always lives in the sandbox. */
export const sandboxStack = "local";

/** What makes the outputs come to be. */
export function deployCommand(stack: string): string {
  return stack === sandboxStack ? "npm start" : `pulumi up --stack ${stack} --policy-pack policies`;
}
