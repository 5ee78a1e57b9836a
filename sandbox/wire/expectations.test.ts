import { Expectations } from "./expectations";

describe("Expectations", () => {
  test("gives each statement of a simple query its own completion", () => {
    const expectations = new Expectations();
    expectations.query([undefined, { tag: "CREATE DATASHARE" }]);
    expectations.query([{ tag: "GRANT" }]);
    expect(expectations.completed()).toBeUndefined();
    expect(expectations.completed()).toEqual({ tag: "CREATE DATASHARE" });
    expectations.ready();
    expect(expectations.completed()).toEqual({ tag: "GRANT" });
  });

  test("forgets what a failed request left, and no more", () => {
    const expectations = new Expectations();
    expectations.execute({ tag: "ONE" });
    expectations.execute({ tag: "TWO" });
    expectations.sync();
    expectations.execute({ tag: "THREE" });
    expectations.sync();
    expectations.ready(); // the first Execute failed
    expect(expectations.completed()).toEqual({ tag: "THREE" });
  });

  test("tells once how each request ended, and nothing of those that never ran", () => {
    const told: string[] = [];
    const expectations = new Expectations(({ text }, { tag, error }) => told.push(`${text}: ${tag ?? error}`));
    const asked = (text: string) => ({ text, start: 0 });
    expectations.query([undefined, { tag: "GRANT" }], asked("two statements"));
    expectations.execute(undefined, asked("first"));
    expectations.execute(undefined, asked("wrong"));
    expectations.execute(undefined, asked("never"));
    expectations.sync();
    expectations.query([], asked("also wrong"));
    expectations.completed("SELECT 1");
    expectations.completed("DO");
    expectations.ready();
    expectations.completed("SELECT 2");
    expectations.failed("no such table");
    expectations.ready();
    expectations.failed("division by zero");
    expectations.ready();
    expect(told).toEqual([
      "two statements: GRANT",
      "first: SELECT 2",
      "wrong: no such table",
      "also wrong: division by zero",
    ]);
  });

  test("passes over the Sync that PostgreSQL ignores while copying", () => {
    const expectations = new Expectations();
    expectations.execute(undefined);
    expectations.sync();
    expectations.copying();
    expectations.completed();
    expectations.sync();
    expectations.ready();
    expectations.query([{ tag: "NEXT" }]);
    expect(expectations.completed()).toEqual({ tag: "NEXT" });
  });
});
