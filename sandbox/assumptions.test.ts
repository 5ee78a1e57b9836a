import { defaultAssumptions, parseAssumptions } from "./assumptions";

describe("parseAssumptions", () => {
  test("takes the usual position on every point that is not named", () => {
    expect(parseAssumptions("")).toEqual(defaultAssumptions);
    expect(parseAssumptions(" sha256-salt = text ,")).toEqual({ ...defaultAssumptions, "sha256-salt": "text" });
  });

  test.each(["sha256-salt=rock", "toString=bytes", "sha256-salt"])("refuses %s and lists what there is", (text) => {
    expect(() => parseAssumptions(text)).toThrow("admin-password=md5|sha256");
  });
});
