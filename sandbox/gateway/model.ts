import type { ServiceName } from "./services";

/** What a value must be beyond its type, as AWS's models have it. */
export interface Constraints {
  /** Of numbers the value, of texts the length, of lists the number of items. */
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
  /** Its value is never repeated in an error. */
  sensitive?: boolean;
}

/** A member of a structure, an item of a list: a scalar, or (`of`) one of the model's shapes. */
export interface Member extends Constraints {
  type?: string;
  of?: string;
  /** `epoch`, `iso` or `http`, of a timestamp. */
  format?: string;
  /** Its name on the wire, where it has another one. */
  wire?: string;
  /** The same in requests of EC2. */
  queryWire?: string;
}

export interface Shape extends Constraints {
  /** `structure`, `list` or `map`. */
  type: string;
  members?: Record<string, Member>;
  required?: string[];
  item?: Member;
  key?: Member;
  value?: Member;
  /** A list without an element around it. */
  flat?: boolean;
}

/** A service's model, as `scripts/write-models.cjs` writes it. */
export interface Model {
  source: string;
  operations: Record<string, { input?: string; output?: string; wrapper?: string }>;
  /** Operations that AWS has and of which no more than the name is known here. */
  others: string[];
  shapes: Record<string, Shape>;
}

/** Models are read when their service is first called: EC2's is as large as all others together. */
const sources: Readonly<Record<ServiceName, () => Promise<{ default: object }>>> = {
  "redshift-serverless": () => import("./models/redshift-serverless.json"),
  "redshift-data": () => import("./models/redshift-data.json"),
  secretsmanager: () => import("./models/secretsmanager.json"),
  kms: () => import("./models/kms.json"),
  elasticloadbalancing: () => import("./models/elasticloadbalancing.json"),
  sts: () => import("./models/sts.json"),
  ec2: () => import("./models/ec2.json"),
};

const loaded = new Map<ServiceName, Promise<Model>>();

export function modelOf(service: ServiceName): Promise<Model> {
  const known = loaded.get(service) ?? sources[service]().then((module) => module.default as Model);
  loaded.set(service, known);
  return known;
}

export function shapeOf(model: Model, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The model ${model.source} has no shape ${name}.`);
  return shape;
}
