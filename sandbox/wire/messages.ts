/** Message types of the PostgreSQL protocol 3.0: https://www.postgresql.org/docs/current/protocol-message-formats.html */
export const fromClient = {
  bind: 0x42,
  close: 0x43,
  copyDone: 0x63,
  copyFail: 0x66,
  describe: 0x44,
  /** Redshift's answer to authentication code 13; CopyData everywhere else. */
  digest: 0x64,
  copyData: 0x64,
  execute: 0x45,
  flush: 0x48,
  functionCall: 0x46,
  parse: 0x50,
  password: 0x70,
  query: 0x51,
  sync: 0x53,
  terminate: 0x58,
} as const;

export const fromServer = {
  authentication: 0x52,
  backendKeyData: 0x4b,
  commandComplete: 0x43,
  copyInResponse: 0x47,
  emptyQueryResponse: 0x49,
  errorResponse: 0x45,
  negotiateProtocolVersion: 0x76,
  noticeResponse: 0x4e,
  parameterStatus: 0x53,
  portalSuspended: 0x73,
  readyForQuery: 0x5a,
  rowDescription: 0x54,
} as const;

/** Codes in the place of a protocol version in the first packet of a connection. */
export const startupCode = { protocol3: 196608, cancel: 80877102, tls: 80877103, gss: 80877104 } as const;

/** The bytes cannot be the protocol: SQLSTATE 08P01, and the end of the connection. */
export class ProtocolFault extends Error {}

/** A typed message from its parts; strings are closed with a zero byte, numbers are 32-bit. */
export function message(type: number, ...parts: (string | number | Uint8Array)[]): Buffer {
  const head = Buffer.alloc(5);
  const whole = Buffer.concat([head, ...parts.map(encode)]);
  whole[0] = type;
  whole.writeUInt32BE(whole.length - 1, 1);
  return whole;
}

/** The first packet of a connection to a server. */
export function startupMessage(parameters: Record<string, string>): Buffer {
  const pairs = Object.entries(parameters).flat();
  const body = Buffer.concat([...[startupCode.protocol3, ...pairs].map(encode), Buffer.alloc(1)]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length + 4);
  return Buffer.concat([head, body]);
}

/** Fields of an error or notice by their one-letter codes: S severity, C SQLSTATE, M message, D detail, H hint, W where. */
export type Fields = Map<string, string>;

export function parseFields(bytes: Buffer): Fields {
  const fields: Fields = new Map();
  for (let at = 5; at < bytes.length && bytes[at] !== 0; ) {
    const end = bytes.indexOf(0, at + 1);
    fields.set(String.fromCharCode(bytes[at] as number), bytes.toString("utf8", at + 1, end));
    at = end + 1;
  }
  return fields;
}

export function fieldsMessage(type: number, fields: Fields): Buffer {
  return message(type, ...[...fields].map(([code, text]) => code + text), Buffer.alloc(1));
}

/** An error of our own, which ends the connection. */
export function fatalError(sqlstate: string, text: string): Buffer {
  const fields: Fields = new Map([
    ["S", "FATAL"],
    ["V", "FATAL"],
    ["C", sqlstate],
    ["M", text],
  ]);
  return fieldsMessage(fromServer.errorResponse, fields);
}

/** The zero-closed string that starts at `at`, and where it ends. @throws ProtocolFault when nothing closes it */
export function stringAt(bytes: Buffer, at: number): { text: string; next: number } {
  const end = stringEnd(bytes, at);
  return { text: bytes.toString("utf8", at, end), next: end + 1 };
}

/** Where the string that starts at `at` is closed. @throws ProtocolFault when nothing closes it */
export function stringEnd(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw new ProtocolFault("invalid string in message");
  return end;
}

function encode(part: string | number | Uint8Array): Uint8Array {
  if (typeof part === "string") return Buffer.from(`${part}\0`);
  if (typeof part !== "number") return part;
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(part);
  return bytes;
}
