/** Whether a name fits a pattern in which `*` stands for any characters. */
export function matches(name: string, pattern: string): boolean {
  const expression = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`).test(name);
}

export function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matches(name, pattern));
}

/** The stack in a URN, `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export function stackOf(urn: string): string {
  return urn.split("::", 1)[0]!.replace(/^urn:pulumi:/, "");
}

/** A list in a sentence: "a, b and c". */
export function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
