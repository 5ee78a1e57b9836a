import { invalid } from "./errors";

/** @throws ValidationException naming the rule. Same for namespaces, workgroups and snapshots. */
export function checkName(kind: "namespaceName" | "workgroupName" | "snapshotName", name: string | undefined): string {
  if (name === undefined || !/^[a-z0-9-]{3,64}$/.test(name)) {
    throw invalid(`${kind} "${name ?? ""}" must be 3 to 64 characters of lowercase letters, digits and hyphens.`);
  }
  return name;
}

export function checkEndpointName(name: string | undefined): string {
  if (name === undefined || !/^(?=.{1,30}$)[a-z](-?[a-z0-9])*$/.test(name)) {
    throw invalid(
      `endpointName "${name ?? ""}" must be 1 to 30 characters of lowercase letters, digits and single hyphens, beginning with a letter and not ending with a hyphen.`,
    );
  }
  return name;
}

export function checkDatabaseName(name: string): string {
  if (!/^[a-zA-Z][a-zA-Z0-9_+.@-]{0,63}$/.test(name)) {
    throw invalid(`dbName "${name}" must begin with a letter and have at most 64 letters, digits and _ + . @ -.`);
  }
  return name;
}

export function checkAdminUsername(name: string): string {
  if (!/^[a-zA-Z][a-zA-Z0-9_+.@-]{0,127}$/.test(name) || name.toLowerCase() === "public") {
    throw invalid(
      `adminUsername "${name}" must begin with a letter, have at most 128 letters, digits and _ + . @ -, and not be PUBLIC.`,
    );
  }
  return name;
}

export function checkAdminPassword(password: string): string {
  const strong = /[A-Z]/.test(password) && /[a-z]/.test(password) && /[0-9]/.test(password);
  if (!strong || !/^[\x21-\x7e]{8,64}$/.test(password) || /[/'"\\@ ]/.test(password)) {
    throw invalid(
      "adminUserPassword must be 8 to 64 printable characters with at least one uppercase letter, one lowercase letter and one digit, without / ' \" \\ @ and spaces.",
    );
  }
  return password;
}

/** Redshift Serverless listens on these ports only. */
export const isAllowedPort = (port: number) => (port >= 5431 && port <= 5455) || (port >= 8191 && port <= 8215);

export function checkPort(port: number): number {
  if (!Number.isInteger(port) || !isAllowedPort(port)) {
    throw invalid(`port ${port} is outside the allowed ranges 5431-5455 and 8191-8215.`);
  }
  return port;
}
