/**
 * The SDK switches V8's debugger on for as long as a program runs, in case it has functions to serialise, and with a
 * debugger V8 takes a slow path for every promise. Here it is on while somebody asks. V8 reports scripts that were
 * loaded meanwhile when it is switched on again.
 */
function debugOnlyWhileAsked(hooks) {
  const { getSessionAsync } = hooks;
  const post = async (session, method) =>
    new Promise((resolve, reject) => session.post(method, (error) => (error ? reject(error) : resolve())));
  let on = true;
  const off = async () => {
    const session = await getSessionAsync();
    await post(session, "Debugger.disable");
    on = false;
  };
  hooks.getSessionAsync = async () => {
    const session = await getSessionAsync();
    if (!on) {
      on = true;
      await post(session, "Debugger.enable");
    }
    return session;
  };
  off();
}

module.exports = { debugOnlyWhileAsked };
