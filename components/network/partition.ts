/** Services whose interface endpoints have names of their own in China; all others begin with `com.amazonaws` there too. */
const chineseNames: ReadonlySet<string> = new Set(["redshift-data"]);

/**
 * The name of a service's VPC endpoint: `com.amazonaws.us-east-1.kms`, `cn.com.amazonaws.cn-north-1.redshift-data`.
 * China's exceptions as aws-cdk lists them (aws-ec2/lib/vpc-endpoint.ts, from `describe-vpc-endpoint-services`); gateway
 * endpoints of S3 begin with `com.amazonaws` everywhere.
 */
export function endpointServiceName(region: string, service: string): string {
  const prefix = region.startsWith("cn-") && chineseNames.has(service) ? "cn.com.amazonaws" : "com.amazonaws";
  return `${prefix}.${region}.${service}`;
}
