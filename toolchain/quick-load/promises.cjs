/**
 * The SDK notes a stack trace for each of thousands of promises, to be shown should one of them never settle and
 * PULUMI_DEBUG_PROMISE_LEAKS be set. Noted and written out with source maps, these took a third of a preview. Errors
 * keep theirs, and a promise that never settles is reported as ever.
 */
function noteNoStacks(debuggable) {
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

module.exports = { noteNoStacks };
