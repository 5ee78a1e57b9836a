import type { AwsService } from "../aws/service";
import type { ClientConfig, ServiceSchema } from "./schema";

/** Services by the name that a signature's scope carries. */
export interface ApiServices {
  "redshift-serverless": AwsService;
  "redshift-data": AwsService;
  secretsmanager: AwsService;
  elasticloadbalancing: AwsService;
  sts: AwsService;
  ec2: AwsService;
  kms: AwsService;
  s3?: AwsService;
}

export type ServiceName = keyof ApiServices;

/** How AWS writes what it refuses. */
export type Form = "json" | "xml";

export interface Spoken {
  form: Form;
  /** What `X-Amz-Target` has before the dot, of services that are called with one. */
  target?: string;
  /** Bytes of the largest body that is read into memory. @default 1 MiB */
  largestBody?: number;
  /** The client package: loaded when the service is first called, since each of them takes time and memory. */
  client(): Promise<[client: object, config: ClientConfig]>;
}

/** Clients are made for what they know of their service; they call nobody. */
const nobody = { region: "us-east-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } };

/** What must be known of the services before their clients are loaded. A test compares it with what these say. */
export const spoken: Readonly<Record<ServiceName, Spoken>> = {
  "redshift-serverless": {
    form: "json",
    target: "RedshiftServerless",
    async client() {
      const sdk = await import("@aws-sdk/client-redshift-serverless");
      return [sdk, new sdk.RedshiftServerlessClient(nobody).config];
    },
  },
  "redshift-data": {
    form: "json",
    target: "RedshiftData",
    async client() {
      const sdk = await import("@aws-sdk/client-redshift-data");
      return [sdk, new sdk.RedshiftDataClient(nobody).config];
    },
  },
  secretsmanager: {
    form: "json",
    target: "secretsmanager",
    async client() {
      const sdk = await import("@aws-sdk/client-secrets-manager");
      return [sdk, new sdk.SecretsManagerClient(nobody).config];
    },
  },
  kms: {
    form: "json",
    target: "TrentService",
    async client() {
      const sdk = await import("@aws-sdk/client-kms");
      return [sdk, new sdk.KMSClient(nobody).config];
    },
  },
  elasticloadbalancing: {
    form: "xml",
    async client() {
      const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
      return [sdk, new sdk.ElasticLoadBalancingV2Client(nobody).config];
    },
  },
  sts: {
    form: "xml",
    async client() {
      const sdk = await import("@aws-sdk/client-sts");
      return [sdk, new sdk.STSClient(nobody).config];
    },
  },
  s3: {
    form: "xml",
    // The largest list of parts or of objects to be deleted.
    largestBody: 4 * 1_024 * 1_024,
    async client() {
      const sdk = await import("@aws-sdk/client-s3");
      return [sdk, new sdk.S3Client(nobody).config];
    },
  },
  ec2: {
    form: "xml",
    async client() {
      const sdk = await import("@aws-sdk/client-ec2");
      return [sdk, new sdk.EC2Client(nobody).config];
    },
  },
};

export function isService(name: string): name is ServiceName {
  return Object.hasOwn(spoken, name);
}

/** The service whose requests carry this in `X-Amz-Target` before the dot. */
export function serviceOfTarget(prefix: string): ServiceName | undefined {
  return Object.keys(spoken)
    .filter(isService)
    .find((name) => spoken[name].target === prefix);
}

const loaded = new Map<ServiceName, Promise<ServiceSchema>>();

/** What AWS's SDK knows of a service. */
export function schemaOf(service: ServiceName): Promise<ServiceSchema> {
  const known = loaded.get(service) ?? load(spoken[service]);
  loaded.set(service, known);
  return known;
}

export async function load({ client }: Pick<Spoken, "client">): Promise<ServiceSchema> {
  const { describe } = await import("./schema");
  return describe(...(await client()));
}
