import { unknownMethod } from "./login-method";

test.each([
  ['psql: error: connection to server at "h" (10.0.0.1), port 5439 failed: authentication method 13 not supported\n'],
  ["Error: Unknown authenticationOk message type 13"],
])("%j is followed by what to do, for readers and for the admin", (output) => {
  expect(unknownMethod(output, { name: "endpoint" })).toMatch(/sha256.*JDBC.*readers\.passwordDigest to md5/);
  expect(unknownMethod(output, { name: "producer" })).toMatch(/sha256.*JDBC.*Data API.*query editor v2/);
  expect(unknownMethod(output, { name: "producer" })).not.toMatch(/passwordDigest/);
});

test("other refusals speak for themselves", () => {
  const output = 'psql: error: FATAL:  password authentication failed for user "bi"';
  expect(unknownMethod(output, { name: "endpoint" })).toBeUndefined();
});
