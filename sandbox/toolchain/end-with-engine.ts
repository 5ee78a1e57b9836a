// Required before a provider's own code. An engine that is killed cannot tell its providers so, and this one would wait
// for requests for ever: it ends as soon as it belongs to another process than the engine that its launcher names.

const checkMs = 500;
const engine = Number(process.env.PULUMI_ENGINE_PID) || process.ppid;

setInterval(() => {
  if (process.ppid !== engine) process.exit(1);
}, checkMs).unref();
