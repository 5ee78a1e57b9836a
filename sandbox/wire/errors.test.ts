import { translate } from "./errors";
import { fieldsMessage, fromServer, parseFields } from "./messages";

function translated(fields: Record<string, string>): Record<string, string> {
  const bytes = fieldsMessage(fromServer.errorResponse, new Map(Object.entries({ S: "ERROR", ...fields })));
  return Object.fromEntries(parseFields(translate(fromServer.errorResponse, bytes, new Set(["d"]))));
}

describe("translate", () => {
  test("names shared schemas as the client does", () => {
    expect(translated({ C: "42P01", M: 'relation "d$sales.t" does not exist' }).M).toBe(
      'relation "d.sales.t" does not exist',
    );
    expect(translated({ C: "42P01", M: 'relation "e$sales.t" does not exist' }).M).toBe(
      'relation "e$sales.t" does not exist',
    );
  });

  test("reads a closed share as a missing permission", () => {
    const error = translated({ C: "42704", M: 'user mapping not found for user "reader", server "rs_d"' });
    expect(error).toMatchObject({ C: "42501", M: "permission denied for database d" });
    expect(error.H).toMatch(/not granted/);
  });

  test("points nowhere, since the text that is pointed into is not the client's", () => {
    expect(translated({ C: "42703", M: 'column "x" does not exist', P: "12" }).P).toBeUndefined();
  });

  test("keeps secrets in translated statements out of the context", () => {
    const error = translated({
      C: "42710",
      M: "exists",
      W: "SQL statement \"SELECT rs_share.create_user('u', 'md5secret')\"",
    });
    expect(error.W).toBeUndefined();
    expect(translated({ C: "22012", M: "division by zero", W: "PL/pgSQL function f() line 1" }).W).toBeDefined();
  });
});
