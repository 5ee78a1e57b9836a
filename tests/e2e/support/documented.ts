import fs from "node:fs";
import path from "node:path";
import { repository } from "./fleet";

/** A block of code of a page, or one command of a block of shell. */
export interface Documented {
  /** Such as `docs/ci.md`. */
  page: string;
  text: string;
}

const pages = ["README.md", ...fs.readdirSync(path.join(repository, "docs")).map((file) => `docs/${file}`)].filter(
  (page) => page.endsWith(".md"),
);

/** Every block of a language, in all pages. */
export function blocksOf(language: string): Documented[] {
  return pages.flatMap((page) => {
    const text = fs.readFileSync(path.join(repository, page), "utf8");
    const blocks = text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm);
    return [...blocks].flatMap(([, , name, body = ""]) => (name === language ? [{ page, text: body }] : []));
  });
}

/** Every command line of every block of shell: without comments, one command a line. */
export function commandLines(): Documented[] {
  return blocksOf("sh").flatMap(({ page, text }) =>
    text
      .replaceAll(/\\\n\s*/g, " ")
      .split("\n")
      .flatMap((line) => withoutComment(line).split(" && "))
      .map((line) => ({ page, text: line.trim().replaceAll(/\s+/g, " ") }))
      .filter((command) => command.text !== ""),
  );
}

/** `#` begins a comment at the start of a line or after a blank, outside quotes. */
function withoutComment(line: string): string {
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const letter = line[at]!;
    if (quote) quote = letter === quote ? "" : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === "#" && (at === 0 || line[at - 1] === " ")) return line.slice(0, at);
  }
  return line;
}
