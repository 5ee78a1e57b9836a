/** Somebody said which port it has to be, and another program has it. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(
      `Port ${port}, which the sandbox was told to use, is taken by another program: \`ss -ltnp\` (Linux) or \`lsof -iTCP -sTCP:LISTEN\` (macOS) shows which. End it, or name another port (--port, REDSHIFT_FLEET_SANDBOX_PORT), or none.`,
    );
    this.name = "PortTaken";
  }
}

/** Node's own error, or grpc-js's with Node's words in it. */
const isTaken = (error: unknown) => String(error).includes("EADDRINUSE");

/** Binds the remembered port, or a free one where something else took it meanwhile. @param bind given 0 for any port */
export async function onPort<T>(port: number | undefined, bind: (port: number) => Promise<T>): Promise<T> {
  if (port === undefined) return bind(0);
  try {
    return await bind(port);
  } catch (error) {
    if (!isTaken(error)) throw error;
    return bind(0);
  }
}

/** Binds this port and no other. @throws PortTaken */
export async function onFixedPort<T>(port: number, bind: (port: number) => Promise<T>): Promise<T> {
  try {
    return await bind(port);
  } catch (error) {
    throw isTaken(error) ? new PortTaken(port) : error;
  }
}

/** @throws Error where the text is no port; undefined where nothing was said */
export function parsePort(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Error(
    `A port is a whole number from 1 to 65535, not ${JSON.stringify(text)} (--port, REDSHIFT_FLEET_SANDBOX_PORT).`,
  );
}

/** Ports that are others than before, by what answers there: `{ api: { from, to } }`. */
export function movedPorts<Name extends string>(
  before: Readonly<Partial<Record<Name, number>>>,
  now: Readonly<Record<Name, number>>,
) {
  const moved: Partial<Record<Name, { from: number; to: number }>> = {};
  for (const name of Object.keys(now) as Name[]) {
    const from = before[name];
    if (from !== undefined && from !== now[name]) moved[name] = { from, to: now[name] };
  }
  return moved;
}
