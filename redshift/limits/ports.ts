import type { Fault } from "../faults";

/** Where a warehouse listens unless told otherwise. */
export const defaultPort = 5439;

/** https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateWorkgroup.html, `port` */
const ranges = [
  [5431, 5455],
  [8191, 8215],
] as const;

/** What is wrong with a port, if anything. */
export function portFault(path: string, port: number): Fault[] {
  if (Number.isInteger(port) && ranges.some(([first, last]) => first <= port && port <= last)) return [];
  return [
    {
      path,
      value: port,
      rule: `must be ${ranges.map(([first, last]) => `from ${first} to ${last}`).join(" or ")}, the ports that Redshift Serverless accepts`,
      remedy: `Use ${defaultPort} unless something else must`,
    },
  ];
}
