/** Something that is wrong with a fleet. */
export interface Finding {
  /** What was seen, with the name of the thing. */
  what: string;
  /** Why it is so, or why it matters. */
  cause: string;
  /** What to do about it. */
  cure: string;
}

/** Something that a check could not judge. Whatever else it finds, it cannot say that all is well. */
export interface Unjudged {
  /** The name of the warehouse or other thing. */
  unjudged: string;
  /** In a few words, below the check's title. */
  why: string;
}

export type Verdict = Finding | Unjudged;

/** The cure of datashares that lack objects. */
export const syncShares = "`fleet share sync` brings it up to date at once; so do `pulumi refresh` and `pulumi up`.";

/** The cure of whatever was changed behind the stack's back. */
export const bringBack =
  "`pulumi refresh`, then `pulumi up --policy-pack policies`, makes it again what the stack says.";
