import type { ClientConfig } from "./schema";

/** How AWS writes what it refuses. */
export type Form = "json" | "xml";

/** How a service is called over HTTP, as far as it must be known before its client is loaded. A test compares it with what that says. */
export interface Api {
  form: Form;
  /** What `X-Amz-Target` has before the dot, of services that are called with one. */
  target?: string;
  /** Bytes of the largest body that is read into memory. @default 1 MiB */
  largestBody?: number;
  /** The client package: loaded when the service is first called, since each of them takes time and memory. */
  client(config: typeof nobody): Promise<[client: object, config: ClientConfig]>;
  /** What AWS's models say beyond that, as `scripts/write-constraints.cjs` writes it. @default types and required members are checked alone */
  constraints?(): Promise<{ default: object }>;
}

/** Clients are made for what they know of their service; they call nobody. */
export const nobody = { region: "us-east-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } };
