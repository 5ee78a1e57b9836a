import type { Fault } from "@redshift-fleet/redshift/declarations";

/** What a producer's name is made of: another value of any of them is another warehouse. */
export interface ProducerIdentity {
  /** Of namespace and workgroup. */
  warehouse: string;
  database: string;
  adminUsername: string;
  generation: number;
}

const what: Readonly<Record<Exclude<keyof ProducerIdentity, "warehouse">, string>> = {
  database: "database",
  adminUsername: "administrator",
  generation: "generation",
};

/** Each key of the configuration that would replace the producer, where its data may not go. */
export function producerFaults(news: ProducerIdentity, olds: ProducerIdentity): Fault[] {
  const { warehouse } = olds;
  return (["database", "adminUsername", "generation"] as const)
    .filter((key) => news[key] !== olds[key])
    .map((key) => ({
      path: `producer.${key}`,
      value: news[key],
      rule: `must stay ${olds[key]}: a producer of another ${what[key]} is another warehouse, which begins empty, and all tables, data and recovery points of ${warehouse} are deleted`,
      remedy: `Take the change back. To begin anew all the same: take a snapshot (\`aws redshift-serverless create-snapshot --namespace-name ${warehouse} --snapshot-name ${warehouse}-last\`), set \`producer.allowReplacement: true\`, and restore it afterwards (docs/operations.md, "Replacing")`,
    }));
}
