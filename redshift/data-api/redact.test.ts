import { excerpt, redact } from "./redact";

test.each([
  ["ALTER USER u PASSWORD 'Secret''s\\'1'", "ALTER USER u PASSWORD '***'"],
  ["create user u with password 'x'; select 1", "create user u with password '***'; select 1"],
  [
    "COPY t FROM 's3://b' CREDENTIALS 'aws_access_key_id=AK;aws_secret_access_key=SK'",
    "COPY t FROM 's3://b' CREDENTIALS '***'",
  ],
  ["SECRET_ACCESS_KEY 'abc' SESSION_TOKEN 'def'", "SECRET_ACCESS_KEY '***' SESSION_TOKEN '***'"],
  ['near "sha256|abcdef0123|5a1t"', 'near "***'],
  ["md5d41d8cd98f00b204e9800998ecf8427e", "***"],
  ["PASSWORD 'cut off", "PASSWORD '***'"],
  ["SELECT 'password'", "SELECT 'password'"],
])("%s", (input, expected) => {
  expect(redact(input)).toBe(expected);
});

test("long statements are cut", () => {
  expect(excerpt("x".repeat(5_000))).toMatch(/^x{2000} … \(3000 more characters\)$/);
});
