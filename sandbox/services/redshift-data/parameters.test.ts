import { bindParameters } from "./parameters";

describe("named parameters", () => {
  test("become positional ones, a place for every use", () => {
    expect(
      bindParameters("SELECT :a, :b, :a", [
        { name: "a", value: "1" },
        { name: "b", value: "2" },
      ]),
    ).toEqual({
      text: "SELECT $1, $2, $3",
      values: ["1", "2", "1"],
    });
  });

  test("are not seen in literals, names, comments, casts and dollar quotes", () => {
    const sql = `SELECT ':x', ":x", 1::int, $$ :x $$ -- :x
      /* :x */ FROM t WHERE y = :y`;
    expect(bindParameters(sql, [{ name: "y", value: "1" }]).values).toEqual(["1"]);
  });

  test("must have values, and values must be used", () => {
    expect(() => bindParameters("SELECT :a", [{ name: "b", value: "" }])).toThrow(/:a .*no value/);
    expect(() => bindParameters("SELECT 1", [{ name: "b", value: "" }])).toThrow(/does not use .* b/);
  });
});
