import { createInterface } from "node:readline/promises";
import { type Answers, usualAnswers } from "./answers";

/** What was said on the command line; the rest is asked, or as usual. */
export type Given = Partial<Answers>;

/** Asks one question; the answer is empty where somebody just presses the return key. */
export type Ask = (question: string) => Promise<string>;

const questions: [key: keyof Answers, text: string][] = [
  ["region", "AWS Region"],
  ["schema", "Database schema to make and share"],
  ["directory", "Folder for its SQL files"],
  ["pool", "Consumers in the pool"],
  ["producerCapacity", "Base capacity of the producer, in RPUs"],
  ["consumerCapacity", "Base capacity of each consumer, in RPUs"],
];

/** @param ask where somebody is there to be asked. */
export async function completeAnswers(given: Given, region: string | undefined, ask?: Ask): Promise<Answers> {
  const name = given.name ?? ((await ask?.("Name of the fleet: ")) ?? "").trim();
  const answers: Answers = { ...usualAnswers(name, region), ...given, name };
  if (!ask) return answers;
  for (const [key, text] of questions) {
    if (given[key] !== undefined) continue;
    const said = (await ask(`${text} [${answers[key]}]: `)).trim();
    if (said !== "") Object.assign(answers, { [key]: typeof answers[key] === "number" ? Number(said) : said });
  }
  return answers;
}

/** Asks on the terminal while `work` runs. Questions are no result: they go to stderr. */
export async function onTerminal<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await work((question) => reader.question(question));
  } finally {
    reader.close();
  }
}
