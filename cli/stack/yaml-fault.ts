import { parseDocument } from "yaml";

/**
 * What keeps the engine from reading a file of settings at all. It says so itself, but without the file's name.
 *
 * @returns `stacks/Pulumi.local.yaml:12:5: <what is wrong>`; undefined where it can be read
 */
export function yamlFault(file: string, text: string): string | undefined {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) {
    const [at] = fault.linePos ?? [];
    const reason = fault.message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, "");
    return `${file}${at ? `:${at.line}:${at.col}` : ""}: ${reason}. Correct it: this is no YAML.`;
  }
  const settings: unknown = document.toJSON() ?? {};
  if (isMap(settings) && isMap(Reflect.get(settings, "config") ?? {})) return undefined;
  return `${file}: must be a map with a map \`config\` of \`<namespace>:<key>: <value>\`. Correct it.`;
}

const isMap = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);
