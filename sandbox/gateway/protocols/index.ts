import type { Call } from "../call";
import type { ServiceSchema } from "../schema";
import { json } from "./json";
import type { Protocol } from "./protocol";
import { ec2Query, query } from "./query";
import { restJson, restXml } from "./rest";

const protocols: Readonly<Record<ServiceSchema["protocol"], Protocol>> = {
  awsJson1_0: json,
  awsJson1_1: json,
  awsQuery: query,
  ec2Query,
  restJson1: restJson,
  restXml,
};

/**
 * The protocol that a request is written in: its service's, or another one that the client chose. Every service that is
 * not REST also takes CBOR, and one that spoke Query once still does.
 */
export async function protocolOf(service: ServiceSchema, { headers, target }: Call): Promise<Protocol> {
  const usual = protocols[service.protocol];
  if (usual.byHead) return usual;
  // Only who asks for it loads its codec.
  if (headers["smithy-protocol"] === "rpc-v2-cbor") return (await import("./cbor")).cbor;
  if (service.queryCompatible && target === undefined) return query;
  return usual;
}

export const protocolOfForm = { json, xml: query };
