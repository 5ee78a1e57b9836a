import fc from "fast-check";
import { FrameReader, longestStartupPacket } from "./frames";
import { fromClient, message, startupMessage } from "./messages";
import { anyCuts, cut } from "./testing";

const text = fc.string({ unit: fc.constantFrom("a", "é", " ", "=", "\\", "🙂") });
const anyParameters = fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), text, { noNullPrototype: true });
const anyBody = fc.uint8Array({ maxLength: 300 }).map((body) => Buffer.from(body));

/** Everything a reader finds in `chunks`: one startup packet, then messages. */
function read(chunks: Buffer[]): { parameters: Record<string, string>; bodies: Buffer[]; rest: Buffer } {
  const reader = new FrameReader();
  let parameters: Map<string, string> | undefined;
  const bodies: Buffer[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    parameters ??= reader.startupPacket()?.parameters;
    if (!parameters) continue;
    for (let found = reader.message(); found; found = reader.message()) bodies.push(found.body);
  }
  return { parameters: Object.fromEntries(parameters ?? []), bodies, rest: reader.rest() };
}

describe("FrameReader", () => {
  test("finds the same packets however the network cuts them, down to single bytes, and keeps what is left", () => {
    fc.assert(
      fc.property(anyParameters, fc.array(anyBody, { maxLength: 8 }), anyCuts, (parameters, bodies, cuts) => {
        const next = Buffer.from([fromClient.query, 0, 0]);
        const sent = [startupMessage(parameters), ...bodies.map((body) => message(fromClient.password, body)), next];
        const bytes = Buffer.concat(sent);
        for (const chunks of [cut(bytes, cuts), [...bytes].map((byte) => Buffer.from([byte]))]) {
          expect(read(chunks)).toEqual({ parameters, bodies, rest: next });
        }
      }),
    );
  });

  test.each([0, 4, 7, longestStartupPacket + 5, 2 ** 31, 2 ** 32 - 1])(
    "refuses a startup packet of length %d before the rest of it comes",
    (length) => {
      const reader = new FrameReader();
      const head = Buffer.alloc(4);
      head.writeUInt32BE(length);
      reader.push(head.subarray(0, 3));
      expect(reader.startupPacket()).toBeUndefined();
      reader.push(head.subarray(3));
      expect(() => reader.startupPacket()).toThrow("invalid length of startup packet");
    },
  );

  test("takes the longest startup packet that PostgreSQL takes", () => {
    const reader = new FrameReader();
    const room = longestStartupPacket + 4 - startupMessage({ user: "" }).length;
    reader.push(startupMessage({ user: "u".repeat(room) }));
    expect(reader.startupPacket()?.parameters.get("user")).toHaveLength(room);
  });

  test.each([0, 3, longestStartupPacket + 1, 2 ** 32 - 1])("refuses a message of length %d", (length) => {
    const reader = new FrameReader();
    const head = Buffer.from([fromClient.password, 0, 0, 0, 0]);
    head.writeUInt32BE(length, 1);
    reader.push(head);
    expect(() => reader.message()).toThrow("invalid message length");
  });

  test("refuses parameters that nothing closes", () => {
    const reader = new FrameReader();
    const packet = startupMessage({ user: "u" });
    packet[packet.length - 1] = 1;
    reader.push(packet);
    expect(() => reader.startupPacket()).toThrow("expected terminator as last byte");
  });

  test("reads whatever comes or refuses it, and holds no more than a packet and a chunk", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 500 }), { maxLength: 60 }), (chunks) => {
        const reader = new FrameReader();
        let pushed = 0;
        try {
          for (const chunk of chunks) {
            reader.push(Buffer.from(chunk));
            pushed += chunk.length;
            reader.startupPacket();
          }
        } catch (error) {
          expect((error as Error).message).toMatch(/startup packet/);
          return;
        }
        expect(reader.rest().length).toBeLessThanOrEqual(Math.min(pushed, longestStartupPacket + 4 + 500));
      }),
    );
  });
});
