import * as pulumi from "@pulumi/pulumi";

/**
 * Reaches what a child of a component is made from: arguments that take the place of the component's, or a function that
 * looks at these first and returns what is to be different, options of the resource too. It comes last, and nothing that
 * it changes is checked.
 */
export type Transform<Args> =
  | Partial<Args>
  | ((args: Args, opts: pulumi.CustomResourceOptions, name: string) => Changes<Args>);

interface Changes<Args> {
  readonly args?: Partial<Args>;
  /** Merged with the component's as `pulumi.mergeOptions` does. */
  readonly opts?: pulumi.CustomResourceOptions;
}

/** What a child is made from, in the order of its constructor's parameters. */
export function transformed<Args extends object>(
  transform: Transform<Args> | undefined,
  name: string,
  args: Args,
  opts: pulumi.CustomResourceOptions,
): [name: string, args: Args, opts: pulumi.CustomResourceOptions] {
  if (!transform) return [name, args, opts];
  const changes = typeof transform === "function" ? transform(args, opts, name) : { args: transform };
  return [name, { ...args, ...changes.args }, pulumi.mergeOptions(opts, changes.opts)];
}
