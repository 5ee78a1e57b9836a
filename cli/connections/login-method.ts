import type { Address } from "./connection";

/**
 * How clients say that they do not know the way Redshift asks for a password kept as a sha256 digest, method 13:
 * libpq's fe-auth.c, and pg-protocol's parser.
 */
const unknown13 = /authentication method 13 not supported|Unknown authenticationOk message type 13/i;

/** @returns what to do, where a client's output says that it met authentication method 13; otherwise undefined */
export function unknownMethod(output: string, address: Pick<Address, "name">): string | undefined {
  if (!unknown13.test(output)) return undefined;
  const rule = `The password at ${address.name} is kept as a sha256 digest, which psql and other PostgreSQL clients do not know.`;
  const others = "Use JDBC, ODBC or redshift_connector, the Data API, or query editor v2 in AWS's console";
  if (address.name === "producer") return `${rule} ${others}: Redshift itself manages the admin's password.`;
  return `${rule} ${others}; or set readers.passwordDigest to md5 and run \`pulumi up\`, which keeps the password.`;
}
