import fc from "fast-check";
import { fromServer, message } from "./messages";
import { MessageScanner } from "./scanner";

const { commandComplete, readyForQuery } = fromServer;
const dataRow = 0x44;

const anyMessage = fc
  .tuple(fc.constantFrom(commandComplete, readyForQuery, dataRow), fc.uint8Array({ maxLength: 200 }))
  .map(([type, body]) => message(type, Buffer.from(body)));

/** Cuts `bytes` at the given places, as a network may. */
function cut(bytes: Buffer, places: number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

describe("MessageScanner", () => {
  it("loses, adds and reorders nothing, however the bytes arrive, and finds each wanted message whole", () => {
    fc.assert(
      fc.property(
        fc.array(anyMessage, { maxLength: 30 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (messages, places) => {
          const scanner = new MessageScanner([commandComplete, readyForQuery]);
          const segments = cut(Buffer.concat(messages), places).flatMap((chunk) => scanner.scan(chunk));
          expect(Buffer.concat(segments.map(({ bytes }) => bytes))).toEqual(Buffer.concat(messages));
          const found = segments.filter(({ type }) => type !== 0).map(({ bytes }) => bytes.toString("hex"));
          const sent = messages.filter((bytes) => bytes[0] !== dataRow).map((bytes) => bytes.toString("hex"));
          expect(found).toEqual(sent);
        },
      ),
    );
  });

  it("passes rows on as slices of the chunk, without copying", () => {
    const chunk = Buffer.concat([
      message(dataRow, Buffer.alloc(50)),
      message(dataRow, Buffer.alloc(50)).subarray(0, 20),
    ]);
    const [segment, ...more] = new MessageScanner([readyForQuery]).scan(chunk);
    expect(more).toEqual([]);
    expect(segment?.bytes.buffer).toBe(chunk.buffer);
    expect(segment?.bytes.length).toBe(chunk.length);
  });

  it("refuses lengths that cannot be", () => {
    expect(() => new MessageScanner([]).scan(Buffer.from([dataRow, 0, 0, 0, 3]))).toThrow("invalid message length");
  });
});
