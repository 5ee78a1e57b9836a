import { historyText } from "./history";

describe("historyText", () => {
  test.each([
    ["create user ada password 'Clear1pw'", "create user ada password '***'"],
    [
      "CREATE USER ada PASSWORD /* so */ 'it''s \\' me' VALID UNTIL '2030-01-01'",
      "CREATE USER ada PASSWORD /* so */ '***' VALID UNTIL '2030-01-01'",
    ],
    ["alter user ada password $x$Clear1pw$x$", "alter user ada password '***'"],
    ["alter user ada password E'Clear1pw", "alter user ada password '***'"],
    ["create user ada password 'sha256|00ff|salt'", "create user ada password '***'"],
    ["create user ada password disable", "create user ada password disable"],
    ["select 'password', password from t", "select 'password', password from t"],
  ])("%s", (said, kept) => {
    expect(historyText(said)).toBe(kept);
  });

  test("cuts long texts between characters", () => {
    expect(historyText("x".repeat(9_000))).toHaveLength(4_000);
    expect(historyText(`${"x".repeat(3_999)}😀`)).toBe("x".repeat(3_999));
  });
});
