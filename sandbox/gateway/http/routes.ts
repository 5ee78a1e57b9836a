import type { IncomingHttpHeaders } from "node:http";
import { AwsError } from "../../aws/errors";
import { type OperationSchema, requiredMembers, type ServiceSchema } from "../schema";
import { bucketOfHost } from "./virtual-host";

/** One operation of a REST service, and the requests that mean it. */
export interface Route {
  operation: OperationSchema;
  method: string;
  path: RegExp;
  labels: readonly string[];
  /** Parameters that the URI's template spells out, such as `list-type=2` or `uploads`. */
  literals: readonly (readonly [string, string])[];
  /** Parameters and headers of required members. */
  parameters: readonly string[];
  headers: readonly string[];
  /** The path begins with a label that clients may write into the host instead. */
  isHosted: boolean;
}

interface Sent {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
}

/** The routes of a service, those first that ask for more. */
export function routesOf({ operations }: ServiceSchema): Route[] {
  return [...operations.values()]
    .flatMap((operation) => (operation.http ? [routeOf(operation, operation.http)] : []))
    .sort((one, two) => two.weight - one.weight)
    .map(({ weight: _weight, ...route }) => route);
}

function routeOf(operation: OperationSchema, [method, uri]: readonly [string, string, number]) {
  const [template = "/", literal = ""] = uri.split("?");
  const members = [...(operation.input?.structIterator() ?? [])];
  const needed = operation.input ? requiredMembers(operation.input) : [];
  const traits = members.filter(([name]) => needed.includes(name)).map(([, member]) => member.getMergedTraits());
  // A label that the template has no place for leads the path: S3's bucket, which its clients move to the host.
  const leading = members.find(([name, member]) => member.getMergedTraits().httpLabel && !hasLabel(template, name));
  const path = leading ? `/{${leading[0]}}${template === "/" ? "" : template}` : template;
  // `x-id` is written by some clients only.
  const literals = [...new URLSearchParams(literal)].filter(([key]) => key !== "x-id");
  const parameters = traits.flatMap(({ httpQuery }) => httpQuery ?? []);
  const headers = traits.flatMap(({ httpHeader }) => httpHeader?.toLowerCase() ?? []);
  const spelt = path.split("/").filter((part) => part !== "" && !part.startsWith("{")).length;
  const weight = spelt * 8 + literals.length * 4 + parameters.length * 2 + headers.length;
  return { operation, method, ...patternOf(path), literals, parameters, headers, isHosted: Boolean(leading), weight };
}

const hasLabel = (template: string, name: string) => template.includes(`{${name}}`) || template.includes(`{${name}+}`);

/** `/{Bucket}/{Key+}` as an expression; a label with `+` takes slashes too. */
function patternOf(template: string): { path: RegExp; labels: string[] } {
  const labels: string[] = [];
  const text = template.replace(/[.*?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)(\+?)\}/g, (_, name: string, greedy) => {
    labels.push(name);
    return greedy ? "(.+)" : "([^/]+)";
  });
  return { path: new RegExp(`^${text}${template.endsWith("+}") ? "" : "/?"}$`, "s"), labels };
}

/** @throws InvalidURI where a label is not well-formed */
export function routeTo(routes: readonly Route[], { method, path: sent, query, headers }: Sent) {
  const bucket = routes.some(({ isHosted }) => isHosted) ? bucketOfHost(headers.host ?? "") : undefined;
  const path = bucket === undefined ? sent : `/${bucket}${sent}`;
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (!match) continue;
    const literals = route.literals.every(
      ([key, value]) => query.has(key) && (value === "" || query.get(key) === value),
    );
    const parameters = route.parameters.every((key) => query.has(key));
    // Presigned requests carry their headers in the URI.
    const named = route.headers.every((name) => headers[name] !== undefined || query.has(name));
    if (!literals || !parameters || !named) continue;
    const labels = route.labels.map((name, index) => [name, decode(match[index + 1] ?? "")]);
    return { operation: route.operation, labels: Object.fromEntries(labels) as Record<string, string> };
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("InvalidURI", "Couldn't parse the specified URI.");
  }
}
