import type { Statement } from "../grammar/statement-nodes";
import { writeDelete, writeInsert, writeMerge, writeUpdate } from "./changes";
import { writeQuery } from "./queries";
import { Writer } from "./writer";

/** A statement in PostgreSQL's words. */
export interface Written {
  readonly text: string;
  /** Pairs, in order: characters into `text`, characters from the start of the statement that stand there. */
  readonly places: readonly number[];
}

/** Writes a statement from its tree: nothing of the text it was read from is in it but literals and names. */
export function writeStatement(tree: Statement): Written {
  const to = new Writer();
  switch (tree.kind) {
    case "query":
      writeQuery(to, tree);
      break;
    case "insert":
      writeInsert(to, tree);
      break;
    case "update":
      writeUpdate(to, tree);
      break;
    case "delete":
      writeDelete(to, tree);
      break;
    case "merge":
      writeMerge(to, tree);
      break;
  }
  return { text: to.toString(), places: to.places };
}
