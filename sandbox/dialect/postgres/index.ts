import type { Query } from "../grammar/query-nodes";
import type { Statement } from "../grammar/statement-nodes";
import { writeDelete, writeInsert, writeMerge, writeUpdate } from "./changes";
import { writeQuery } from "./queries";
import { Writer } from "./writer";

/** What may be written, in characters, and how many times the length of the statement beyond that. */
const leastAllowance = 1_048_576;
const allowanceTimes = 32;

/** @param length of the text that the tree was read from */
function writer(length: number): Writer {
  return new Writer(leastAllowance + allowanceTimes * length);
}

/** Writes a statement from its tree: nothing of the text it was read from is in it but literals and names. */
export function writeStatement(tree: Statement, length = 0): string {
  const to = writer(length);
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
  return to.toString();
}

export function writeQueryText(tree: Query, length = 0): string {
  const to = writer(length);
  writeQuery(to, tree);
  return to.toString();
}
