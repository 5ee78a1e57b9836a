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
} as const;

export type Assumptions = { readonly [Point in keyof typeof positions]: (typeof positions)[Point][number] };

export const defaultAssumptions: Assumptions = { "sha256-salt": "bytes", "admin-password": "md5" };

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
