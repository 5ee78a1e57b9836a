import type { Ask } from "../terminal/ask";
import { type Answers, usualAnswers } from "./answers";

/** What was said on the command line; the rest is asked, or as usual. */
export type Given = Partial<Answers>;

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
