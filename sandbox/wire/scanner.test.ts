import fc from "fast-check";
import { fromServer, message } from "./messages";
import { MessageScanner } from "./scanner";
import { anyCuts, cut } from "./testing";

const { commandComplete, readyForQuery } = fromServer;
const dataRow = 0x44;

const anyMessage = fc
  .tuple(fc.constantFrom(commandComplete, readyForQuery, dataRow), fc.uint8Array({ maxLength: 200 }))
  .map(([type, body]) => message(type, Buffer.from(body)));

describe("MessageScanner", () => {
  test("loses, adds and reorders nothing, however the bytes arrive, and finds each wanted message whole", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 30 }), anyCuts, (messages, places) => {
        const scanner = new MessageScanner([commandComplete, readyForQuery]);
        const segments = cut(Buffer.concat(messages), places).flatMap((chunk) => scanner.scan(chunk));
        expect(Buffer.concat(segments.map(({ bytes }) => bytes))).toEqual(Buffer.concat(messages));
        const found = segments.filter(({ type }) => type !== 0).map(({ bytes }) => bytes.toString("hex"));
        const sent = messages.filter((bytes) => bytes[0] !== dataRow).map((bytes) => bytes.toString("hex"));
        expect(found).toEqual(sent);
      }),
    );
  });

  test("passes rows on as slices of the chunk, without copying", () => {
    const chunk = Buffer.concat([
      message(dataRow, Buffer.alloc(50)),
      message(dataRow, Buffer.alloc(50)).subarray(0, 20),
    ]);
    const [segment, ...more] = new MessageScanner([readyForQuery]).scan(chunk);
    expect(more).toEqual([]);
    expect(segment?.bytes.buffer).toBe(chunk.buffer);
    expect(segment?.bytes.length).toBe(chunk.length);
  });

  test("refuses lengths that cannot be", () => {
    expect(() => new MessageScanner([]).scan(Buffer.from([dataRow, 0, 0, 0, 3]))).toThrow("invalid message length");
  });

  test("drops what is too long and tells of it once, and goes on with what follows", () => {
    const limits = { longest: () => 100, droppable: new Set([commandComplete]) };
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 30 }), anyCuts, (messages, places) => {
        const short = messages.filter((bytes) => bytes[0] === commandComplete || bytes.length <= 100);
        const scanner = new MessageScanner([commandComplete, readyForQuery], limits);
        const segments = cut(Buffer.concat(short), places).flatMap((chunk) => scanner.scan(chunk));
        const kept = short.map((bytes) => (bytes.length > 100 ? bytes.subarray(0, 5) : bytes));
        expect(Buffer.concat(segments.map(({ bytes }) => bytes))).toEqual(Buffer.concat(kept));
        expect(segments.flatMap(({ tooLong }) => tooLong ?? [])).toEqual(
          short.map(({ length }) => length).filter((length) => length > 100),
        );
      }),
    );
  });

  test("refuses types that do not exist, and what is too long and may not be dropped", () => {
    const longest = (type: number) => (type === dataRow ? 100 : undefined);
    const scan = (bytes: Buffer) => new MessageScanner([], { longest, droppable: new Set() }).scan(bytes);
    expect(() => scan(message(0x01))).toThrow("invalid frontend message type 1");
    expect(() => scan(message(dataRow, Buffer.alloc(96)).subarray(0, 5))).toThrow("invalid message length 100");
    expect(scan(message(dataRow, Buffer.alloc(95)))).toHaveLength(1);
  });
});
