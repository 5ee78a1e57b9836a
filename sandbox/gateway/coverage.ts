import type { ApiServices, ServiceName } from "./services";
import { isService, schemaOf, spoken } from "./services";

/** What of a service's operations the sandbox has. */
export interface Coverage {
  service: ServiceName;
  protocol: string;
  implemented: string[];
  /** How many AWS has. */
  of: number;
  /** Operations that AWS has not: mistakes. */
  unknown: string[];
}

const protocols: Readonly<Record<string, string>> = {
  awsJson1_0: "JSON 1.0",
  awsJson1_1: "JSON 1.1",
  awsQuery: "Query",
  ec2Query: "EC2 Query",
  restJson1: "REST JSON",
  restXml: "REST XML",
};

export async function coverageOf(services: ApiServices): Promise<Coverage[]> {
  const names = Object.keys(spoken).filter(isService).sort();
  return Promise.all(
    names.map(async (service) => {
      const { operations, protocol } = await schemaOf(service);
      const own = Object.keys(services[service]?.operations ?? {}).sort();
      return {
        service,
        protocol: protocols[protocol] ?? protocol,
        implemented: own.filter((name) => operations.has(name)),
        of: operations.size,
        unknown: own.filter((name) => !operations.has(name)),
      };
    }),
  );
}

/** The table of docs/sandbox.md. */
export function coverageTable(coverage: readonly Coverage[]): string {
  const rows = coverage.map(({ service, protocol, implemented, of }) => {
    const names = implemented.map((name) => `\`${name}\``).join(", ") || "none";
    return `| \`${service}\` | ${protocol} | ${implemented.length} of ${of} | ${names} |`;
  });
  return ["| service | protocol | operations | |", "|---|---|---|---|", ...rows].join("\n");
}
