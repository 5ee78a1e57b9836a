import Table from "cli-table3";
import color from "picocolors";
import { explained } from "./known-errors";

/** An error whose message alone tells a person what to do: no stack is printed. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Whether machines read the answers of a command line. What follows `--` belongs to another program. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? argv.length : end).includes("--json");
}

/** Ends the command with an error: for people on stderr, for machines as the JSON on stdout that they wait for. */
export function fail(error: unknown, json = false): void {
  (json ? process.stdout : process.stderr).write(`${errorText(error, json)}\n`);
  process.exitCode = exitCodeOf(error);
}

export function errorText(error: unknown, json: boolean): string {
  const known = error instanceof Error ? error : new Error(String(error));
  const message = explained(known.message);
  if (json) return JSON.stringify({ ok: false, error: { message, exitCode: exitCodeOf(error) } }, undefined, 2);
  const trace = process.env.FLEET_DEBUG || known.name === "TypeError";
  return `${color.red("error:")} ${trace ? (known.stack ?? message) : message}`;
}

const exitCodeOf = (error: unknown) => (error instanceof Problem ? error.exitCode : 1);

/** Ends quietly when whoever reads the output has gone, as `head` does after its lines. */
export function endWithReader(stream: NodeJS.EventEmitter): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
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
