import { Expectations } from "./expectations";

describe("Expectations", () => {
  it("gives each statement of a simple query its own completion", () => {
    const expectations = new Expectations();
    expectations.query([undefined, { tag: "CREATE DATASHARE" }]);
    expectations.query([{ tag: "GRANT" }]);
    expect(expectations.completed()).toBeUndefined();
    expect(expectations.completed()).toEqual({ tag: "CREATE DATASHARE" });
    expectations.ready();
    expect(expectations.completed()).toEqual({ tag: "GRANT" });
  });

  it("forgets what a failed request left, and no more", () => {
    const expectations = new Expectations();
    expectations.execute({ tag: "ONE" });
    expectations.execute({ tag: "TWO" });
    expectations.sync();
    expectations.execute({ tag: "THREE" });
    expectations.sync();
    expectations.ready(); // the first Execute failed
    expect(expectations.completed()).toEqual({ tag: "THREE" });
  });

  it("passes over the Sync that PostgreSQL ignores while copying", () => {
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
