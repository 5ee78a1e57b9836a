import { questions } from "./questions";

/** The questions as a table of docs/aws.md. */
export function questionTable(): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const rows = questions.map(
    ({ id, asks, settles, byHand }) => `| \`${id}\` | ${cell(asks)} | ${cell(settles)} | \`${cell(byHand)}\` |`,
  );
  return ["| id | question | what it settles | by hand |", "|---|---|---|---|", ...rows].join("\n");
}
