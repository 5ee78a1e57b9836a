/** A number with the word for what is counted: `1 table`, `2 tables`. @param plural where it is not the word with an s */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
