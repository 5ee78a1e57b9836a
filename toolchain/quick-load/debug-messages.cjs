const holdMs = 50;
const most = 500;

/**
 * The SDK tells the engine four things of every resource that only `pulumi --debug` shows, each by a call of its own
 * and one after the other: four calls in five of a preview. They are sent as they come, in order, some at a time.
 */
function bundleDebugMessages(log, module) {
  const { debug } = log;
  let bundle;

  function send() {
    const { messages, timer, release, sent } = bundle;
    bundle = undefined;
    clearTimeout(timer);
    debug(messages.join("\n")).then(sent, sent).finally(release);
  }

  log.debug = (message, resource, streamId, ephemeral) => {
    const { getEngine, rpcKeepAlive } = module.require("../runtime/settings");
    if (resource || streamId || ephemeral || !getEngine()) return debug(message, resource, streamId, ephemeral);
    if (!bundle) {
      // The program does not end before what it said was sent.
      bundle = { messages: [], release: rpcKeepAlive(), timer: setTimeout(send, holdMs) };
      bundle.whole = new Promise((resolve) => {
        bundle.sent = () => resolve();
      });
    }
    const { whole, messages } = bundle;
    if (messages.push(message) === most) send();
    return whole;
  };
}

module.exports = { bundleDebugMessages };
