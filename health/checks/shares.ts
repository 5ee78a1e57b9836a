import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { type Facts, isSilent } from "../facts/facts";

type Share = StackOutputs["datashares"][number];

/** Whether a consumer should have a datashare: where the outputs do not say, every consumer should. */
export function isFor(share: Share, consumer: { name: string }): boolean {
  return share.consumers === undefined || share.consumers.includes(consumer.name);
}

/** Whether the producer grants it, as far as is known: what is not granted is not looked for on the consumer. */
export function isGranted({ catalogs }: Pick<Facts, "catalogs">, share: Share, namespaceId: string): boolean {
  if (isSilent(catalogs.producer)) return true;
  const found = catalogs.producer.shares.find(({ name }) => name === share.name);
  return found?.grantedTo.includes(namespaceId) ?? false;
}
