import type { AwsService } from "../aws/service";

/** Services by the name that a signature's scope carries. */
export interface ApiServices {
  "redshift-serverless": AwsService;
  "redshift-data": AwsService;
  secretsmanager: AwsService;
  elasticloadbalancing: AwsService;
  sts: AwsService;
  ec2: AwsService;
  kms: AwsService;
}

export type ServiceName = keyof ApiServices;

/** How a service is spoken to. */
export type Dialect =
  | { protocol: "json"; targetPrefix: string }
  | { protocol: "query" | "ec2"; version: string; namespace: string };

/** From the services' own models: `targetPrefix`, `apiVersion` and `xmlNamespace`. */
export const dialects: Readonly<Record<ServiceName, Dialect>> = {
  "redshift-serverless": { protocol: "json", targetPrefix: "RedshiftServerless" },
  "redshift-data": { protocol: "json", targetPrefix: "RedshiftData" },
  secretsmanager: { protocol: "json", targetPrefix: "secretsmanager" },
  kms: { protocol: "json", targetPrefix: "TrentService" },
  elasticloadbalancing: {
    protocol: "query",
    version: "2015-12-01",
    namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
  },
  sts: { protocol: "query", version: "2011-06-15", namespace: "https://sts.amazonaws.com/doc/2011-06-15/" },
  ec2: { protocol: "ec2", version: "2016-11-15", namespace: "http://ec2.amazonaws.com/doc/2016-11-15/" },
};

export function isService(name: string): name is ServiceName {
  return Object.hasOwn(dialects, name);
}

/** The service whose requests carry this in `X-Amz-Target` before the dot. */
export function serviceOfTarget(prefix: string): ServiceName | undefined {
  return Object.keys(dialects)
    .filter(isService)
    .find((name) => {
      const dialect = dialects[name];
      return dialect.protocol === "json" && dialect.targetPrefix === prefix;
    });
}
