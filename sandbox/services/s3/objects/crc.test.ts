import fc from "fast-check";
import { type CrcName, combineCrcs, crcOf } from "./crc";

const digest = (name: CrcName, ...chunks: Uint8Array[]) => {
  const crc = crcOf(name);
  for (const chunk of chunks) crc.update(chunk);
  return crc.digest();
};

// The catalogue of CRCs gives the remainder of these nine characters for each:
// https://reveng.sourceforge.io/crc-catalogue/all.htm (CRC-32/ISO-HDLC, CRC-32/ISCSI, CRC-64/NVME)
test.each([
  ["CRC32", "cbf43926"],
  ["CRC32C", "e3069283"],
  ["CRC64NVME", "ae8b14860a799888"],
] as const)("%s has the published check value", (name, check) => {
  expect(digest(name, Buffer.from("123456789")).toString("hex")).toBe(check);
});

test.each(["CRC32", "CRC32C", "CRC64NVME"] as const)("%s is the same for any cut, and pieces combine", (name) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (first, second) => {
      const whole = Buffer.concat([first, second]);
      const expected = digest(name, whole);
      expect(digest(name, first, second)).toEqual(expected);
      const byTable = crcOf(name, false);
      byTable.update(whole);
      expect(byTable.digest()).toEqual(expected);
      expect(combineCrcs(name, digest(name, first), digest(name, second), second.length)).toEqual(expected);
    }),
  );
});
