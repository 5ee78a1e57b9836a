/** A share as its producer describes it: the shape of `rs_share.snapshot()`. */
export interface Share {
  name: string;
  sourceDatabase: string;
  publicAccessible: boolean;
  /** As PostgreSQL writes it, microseconds and all: together with the name it tells a share from its successor. */
  created: string;
  consumers: ShareConsumer[];
  schemas: { name: string; includeNew: boolean }[];
  relations: SharedRelation[];
  functions: SharedFunction[];
}

export interface ShareConsumer {
  namespace: string | null;
  account: string | null;
  /** Role on the producer as which this consumer reads. */
  role: string;
  granted: string;
}

export interface SharedRelation {
  type: string;
  schema: string;
  name: string;
  columns: SharedColumn[];
}

export interface SharedColumn {
  name: string;
  /** SQL type with its modifiers, such as `numeric(12,2)`. */
  type: string;
  required: boolean;
}

export interface SharedFunction {
  schema: string;
  /** `name(type, …)`, as shown in the catalog. */
  signature: string;
  name: string;
  arguments: string;
  identity: string;
  result: string;
  volatility: string;
  body: string;
}

/** A share as seen by one consumer. */
export interface InboundShare {
  producerNamespace: string;
  share: Share;
  /** The grant that lets it in. */
  grant: ShareConsumer;
}

/** The shares which a producer has granted to a consumer, by namespace or through their common account. */
export function granted(producerNamespace: string, shares: Share[], consumer: string, account: string): InboundShare[] {
  if (producerNamespace === consumer) return [];
  return shares.flatMap((share) => {
    const grant =
      share.consumers.find((entry) => entry.namespace === consumer) ??
      share.consumers.find((entry) => entry.namespace === null && entry.account === account);
    return grant ? [{ producerNamespace, share, grant }] : [];
  });
}
