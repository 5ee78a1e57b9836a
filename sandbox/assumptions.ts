/**
 * Points on which the sources about AWS disagree or are silent, and the positions that the sandbox can take. The first one
 * is taken where nobody chooses: the position that the better sources hold, or the less convenient one.
 */
const positions = {
  /**
   * What the salt of `sha256|digest|salt` means: the bytes that its hexadecimal digits spell, or the digits as text.
   * Drivers hash whatever bytes the server sends (redshift_connector 2.2.0, core.py, authentication code 13);
   * https://openillumi.com/?p=112228 reports that text is answered with "bad password". AWS's page on CREATE USER says
   * "256-bit salt" and shows 64 digits.
   */
  "sha256-salt": ["bytes", "text"],
  /** How the administrator's managed password is kept, which decides how clients are asked for it. No source says. */
  "admin-password": ["md5", "sha256"],
  /** How many databases a consumer may make from one datashare. AWS's page on CREATE DATABASE does not say. */
  "databases-of-a-share": ["one", "several"],
  /**
   * Grants on databases made from datashares within a transaction block. https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT.html
   * forbids those "on an external resource" there, and does not say whether such a database is one.
   */
  "shared-grants-in-transactions": ["refused", "allowed"],
  /**
   * USAGE on a database made WITH PERMISSIONS. https://docs.aws.amazon.com/redshift/latest/dg/writes-granting.html says that it
   * alone opens no object, and not whether rights on objects do without it, or whether it can be granted to everybody.
   */
  "usage-with-permissions": ["required", "needless", "refused"],
  /** Redshift's words for a GRANT to a namespace that it does not know yet; no source quotes them. */
  "unknown-namespace": ["does-not-exist", "invalid"],
  /**
   * How Secrets Manager refuses a value whose KMS key is disabled or scheduled for deletion. Its model knows
   * DecryptionFailure; callers without the key's Decrypt get "Access to KMS is not allowed"
   * (external-secrets/kubernetes-external-secrets#838); KMS itself says KMSInvalidStateException.
   */
  "unusable-key": ["DecryptionFailure", "AccessDeniedException", "InvalidRequestException", "KMSInvalidStateException"],
  /**
   * UpdateSecret with another key where the old one is unusable: refused, or done without encrypting the versions anew.
   * https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_update-encryption-key.html says the latter of
   * callers without Decrypt on the old key, and nothing of keys that nobody can use.
   */
  "key-change": ["refused", "versions-left"],
  /**
   * The patch of workgroups: some bring config parameters, which GetWorkgroup returns though nobody sent them. Not every
   * Region and track has the latest (hashicorp/terraform-provider-aws#49939).
   */
  "workgroup-patch": ["205", "204"],
  /**
   * What happens to a workgroup's query limits when it is given queues, and the other way round: the request is refused until
   * the others are gone, or they are replaced. UpdateWorkgroup says "but not both" and no more.
   */
  "queues-and-limits": ["refused", "replaced"],
  /**
   * How notifications of S3 come: seconds late, in any order, now and then twice; or one by one, once, at once.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html promises them "at least once" and
   * "typically in seconds", and no order; consumers mostly see the other.
   */
  "object-events": ["disordered", "in-order"],
} as const;

export type Assumptions = { readonly [Point in keyof typeof positions]: (typeof positions)[Point][number] };

export const defaultAssumptions: Assumptions = {
  "sha256-salt": "bytes",
  "admin-password": "md5",
  "databases-of-a-share": "one",
  "shared-grants-in-transactions": "refused",
  "usage-with-permissions": "required",
  "unknown-namespace": "does-not-exist",
  "unusable-key": "DecryptionFailure",
  "key-change": "refused",
  "workgroup-patch": "205",
  "queues-and-limits": "refused",
  "object-events": "disordered",
};

/** What is said of a namespace that is not known. */
export function unknownNamespace(assumptions: Assumptions, namespaceId: string): string {
  return assumptions["unknown-namespace"] === "invalid"
    ? `invalid consumer identifier "${namespaceId}"`
    : `Namespace ${namespaceId} does not exist.`;
}

/**
 * @param text `<point>=<position>` as often as needed, with commas between
 * @throws Error that lists what there is to choose from
 */
export function parseAssumptions(text = ""): Assumptions {
  const chosen: Record<string, string> = { ...defaultAssumptions };
  for (const word of text.split(",").filter((part) => part.trim() !== "")) {
    const [point = "", position = ""] = word.split("=").map((part) => part.trim());
    if (!isOneOf(point, position))
      throw new Error(`There is no assumption "${word.trim()}"; choose from ${choices()}.`);
    chosen[point] = position;
  }
  return chosen as Assumptions;
}

function isOneOf(point: string, position: string): boolean {
  const known: readonly string[] | undefined = Object.hasOwn(positions, point)
    ? positions[point as keyof typeof positions]
    : undefined;
  return known?.includes(position) ?? false;
}

function choices(): string {
  return Object.entries(positions)
    .map(([point, known]) => `${point}=${known.join("|")}`)
    .join(", ");
}
