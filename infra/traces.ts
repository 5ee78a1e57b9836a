/**
 * Gives the frames of the SDK's own files the folder that they lie in: its source maps leave it out, and for a file that
 * lies directly below `node_modules/@pulumi` the SDK's coloured print of an error takes Node the better part of a minute
 * (https://github.com/nodejs/node/issues/64011).
 */
export function withWholePaths(error: unknown): unknown {
  if (error instanceof Error && error.stack)
    error.stack = error.stack.replace(
      /([\\/]node_modules[\\/]@pulumi)([\\/])(?=[^\\/\s]+:\d+:\d+\)?$)/gm,
      (_frame, scope: string, separator: string) => `${scope}${separator}pulumi${separator}`,
    );
  return error;
}
