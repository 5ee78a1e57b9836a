/** What names of AWS's services end in, by partition; others end as `aws` does. */
const suffixes: Readonly<Record<string, string>> = {
  aws: "amazonaws.com",
  "aws-us-gov": "amazonaws.com",
  "aws-cn": "amazonaws.com.cn",
};

/** The end of service names in a partition: `amazonaws.com`, in China `amazonaws.com.cn`. */
export function dnsSuffix(partition: string): string {
  return suffixes[partition] ?? "amazonaws.com";
}

/**
 * What `kms:ViaService` may be for a service. In China both ends are named: AWS's pages write one in general and the other
 * for China, and a condition on a name that nothing has harms nothing.
 */
export function viaService(service: string, region: string, partition: string): string[] {
  return [...new Set([`${service}.${region}.${dnsSuffix(partition)}`, `${service}.${region}.amazonaws.com`])];
}
