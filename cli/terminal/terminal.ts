import Table from "cli-table3";
import color from "picocolors";

/** An error whose message alone tells a person what to do: no stack is printed. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Ends the command with an error's message on stderr. */
export function fail(error: unknown): void {
  const known = error instanceof Error ? error : new Error(String(error));
  const text = process.env.FLEET_DEBUG || known.name === "TypeError" ? (known.stack ?? known.message) : known.message;
  process.stderr.write(`${color.red("error:")} ${text}\n`);
  process.exitCode = known instanceof Problem ? known.exitCode : 1;
}

/** A result on stdout, where other programs read it. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A result for machines. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

/** Something a person may want to know meanwhile; never part of the result. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A table without lines between its rows. */
export function table(head: string[], rows: string[][]): string {
  const edges = ["top", "bottom", "left", "right", "mid"];
  const places = [...edges, "top-mid", "top-left", "top-right", "bottom-mid", "bottom-left", "bottom-right"];
  const lines = [...places, "left-mid", "mid-mid", "right-mid", "middle"];
  const drawn = new Table({
    head: head.map((title) => color.bold(title)),
    chars: Object.fromEntries(lines.map((line) => [line, ""])),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  drawn.push(...rows);
  return drawn.toString();
}
