/**
 * The SDK switches V8's debugger on for as long as a program runs, in case it has functions to serialise, and with a
 * debugger V8 takes a slow path for every promise. Here it is off until somebody asks. V8 reports scripts that were
 * loaded meanwhile when it is switched on again.
 */
function debugOnlyWhileAsked(hooks) {
  const { getSessionAsync } = hooks;
  const post = (session, method) =>
    new Promise((resolve, reject) => session.post(method, (error) => (error ? reject(error) : resolve())));
  const off = getSessionAsync().then((session) => post(session, "Debugger.disable"));
  let on;
  hooks.getSessionAsync = async () => {
    await off;
    const session = await getSessionAsync();
    on ??= post(session, "Debugger.enable");
    await on;
    return session;
  };
}

module.exports = { debugOnlyWhileAsked };
