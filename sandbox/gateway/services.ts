import type { AwsService } from "../aws/service";
import { services } from "../services";
import { type Api, nobody } from "./api";
import type { ServiceSchema } from "./schema";

/** A service's name, as a signature's scope carries it. */
export type ServiceName = string;

/** Services by their names. */
export type ApiServices = Readonly<Record<ServiceName, AwsService>>;

/** Those of the sandbox's services that can be called over HTTP. */
export const spoken: Readonly<Record<ServiceName, Api>> = Object.fromEntries(
  services.flatMap(({ name, api }) => (api ? [[name, api]] : [])),
);

export function isService(name: string): boolean {
  return Object.hasOwn(spoken, name);
}

/** The service whose requests carry this in `X-Amz-Target` before the dot. */
export function serviceOfTarget(prefix: string): ServiceName | undefined {
  return Object.keys(spoken).find((name) => spoken[name]!.target === prefix);
}

const loaded = new Map<ServiceName, Promise<ServiceSchema>>();

/** What AWS's SDK knows of a service. */
export function schemaOf(service: ServiceName): Promise<ServiceSchema> {
  const known = loaded.get(service) ?? load(spoken[service]!);
  loaded.set(service, known);
  return known;
}

export async function load({ client }: Pick<Api, "client">): Promise<ServiceSchema> {
  const { describe } = await import("./schema");
  return describe(...(await client(nobody)));
}
