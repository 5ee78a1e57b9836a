import { type ServiceName, spoken } from "./services";

/** What a value must be beyond its type, as AWS's models have it. */
export interface Constraint {
  /** One of the shapes, instead of all others. */
  of?: string;
  /** Of numbers the value, of texts the length. */
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
  /** Bits of a whole number. */
  whole?: number;
}

export interface ConstrainedShape {
  /** Of lists and maps: number of items. */
  min?: number;
  max?: number;
  members?: Record<string, Constraint>;
  item?: Constraint;
  key?: Constraint;
  value?: Constraint;
}

/** As `scripts/write-constraints.cjs` writes them. */
export interface Constraints {
  source: string;
  /** The shapes of inputs, by the names of operations. */
  operations: Record<string, string>;
  shapes: Record<string, ConstrainedShape>;
}

/** Of a service without any, types and required members are checked alone. */
const none: Constraints = { source: "none", operations: {}, shapes: {} };
const loaded = new Map<ServiceName, Promise<Constraints>>();

export function constraintsOf(service: ServiceName): Promise<Constraints> {
  const read = async () => ((await spoken[service]?.constraints?.())?.default as Constraints | undefined) ?? none;
  const known = loaded.get(service) ?? read();
  loaded.set(service, known);
  return known;
}
