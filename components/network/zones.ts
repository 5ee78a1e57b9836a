/** The last letter of a zone's name: `a` of `us-east-1a`. */
export function zoneLetter(az: string): string {
  return az.slice(-1);
}
