/**
 * The SDK prints errors in colour. For a frame of a file that lies directly below `node_modules/@pulumi` that takes Node
 * the better part of a minute (https://github.com/nodejs/node/issues/64011), and every error of a program has such
 * frames: source maps of the SDK leave out the folder `pulumi`. Here it is put in, before the SDK sees the error.
 */
function printWholePaths(error) {
  const seen = new Set();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    seen.add(at);
    if (typeof at.stack === "string") at.stack = withWholePaths(at.stack);
  }
}

function withWholePaths(stack) {
  return stack.replace(
    /([\\/]node_modules[\\/]@pulumi)([\\/])(?=[^\\/\s]+:\d+:\d+\)?$)/gm,
    (_frame, scope, separator) => `${scope}${separator}pulumi${separator}`,
  );
}

for (const event of ["uncaughtException", "unhandledRejection"]) process.prependListener(event, printWholePaths);
