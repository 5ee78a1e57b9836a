import type { Question } from "../question";
import { passwordQuestions } from "./passwords";
import { sharingQuestions } from "./sharing";
import { timeQuestions } from "./times";
import { warehouseQuestions } from "./warehouse";

/** In the order in which they are asked: those that change the fleet come last. */
export const questions: readonly Question[] = [
  ...passwordQuestions,
  ...sharingQuestions,
  ...timeQuestions,
  ...warehouseQuestions,
];
