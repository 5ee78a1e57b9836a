import fs from "node:fs";
import path from "node:path";
import type { Fault } from "@redshift-fleet/components";
import { closest } from "@redshift-fleet/redshift/declarations";
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";

/** A fault, and where it stands. */
export interface PlacedFault extends Fault {
  /** `stacks/Pulumi.prod.yaml:12`, or without the line where nothing of the key is there. */
  readonly place?: string;
}

interface StackFile {
  /** As the engine reads it: folder of Pulumi.yaml. */
  readonly root: string;
  readonly project: string;
  readonly stack: string;
  /** What the engine handed over. */
  readonly values: Readonly<Record<string, string>>;
}

/** Top keys of a stack's file: `ProjectStack` in sdk/go/common/workspace/project.go of pulumi/pulumi. */
const topKeys = ["config", "secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

/**
 * Top keys of a stack's file that its writer meant otherwise, each with its line: the engine passes over them without a
 * word, and over all that stands below. Other faults follow from it where it was the configuration.
 */
export function topKeyFaults(stack: StackFile): PlacedFault[] {
  const read = readFile(stack);
  if (read === undefined) return [];
  const { file, document, lines } = read;
  const items = isMap(document.contents) ? document.contents.items : [];
  return items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : "";
    if (!isScalar(key) || topKeys.includes(name)) return [];
    const keys = isMap(value) ? value.items.map((item) => (isScalar(item.key) ? String(item.key.value) : "")) : [];
    const settings = keys.some((each) => each.startsWith("aws:") || each.startsWith(`${stack.project}:`));
    const meant = settings ? "config" : closest(name, topKeys);
    if (meant === undefined) return [];
    return [
      {
        path: name,
        value: name,
        rule: `must be \`${meant}\`: the engine reads no other key of this kind, and nothing below it`,
        remedy: `Write \`${meant}:\``,
        place: `${file}:${lines.linePos(key.range?.[0] ?? 0).line}`,
      },
    ];
  });
}

/** The stack's own file, unless it says something else than the engine handed over. */
function readFile(stack: StackFile) {
  const file = stackFile(stack, (text) => parseDocument(text).toJSON());
  if (file === undefined) return undefined;
  const lines = new LineCounter();
  const document = parseDocument(fs.readFileSync(path.join(stack.root, file), "utf8"), { lineCounter: lines });
  const given: unknown = document.toJSON()?.config ?? {};
  return document.errors.length > 0 || !sayTheSame(given, stack) ? undefined : { file, document, lines };
}

/**
 * Says of each fault in which line of the stack's file its key stands. The engine does not tell which file it read
 * (`--config-file` names any): where the stack's own does not say what the engine handed over, no place is said.
 *
 * @returns in the order of the lines; what stands nowhere comes last
 */
export function placeFaults(faults: readonly Fault[], stack: StackFile): PlacedFault[] {
  const read = readFile(stack);
  if (read === undefined) return [...faults];
  const { file, document, lines } = read;
  const config = document.get("config", true);
  const placed = faults.map((fault) => {
    if (!/^[\w-]+:\S+$/.test(fault.path)) return { fault, line: Number.POSITIVE_INFINITY };
    const offset = offsetOf(config, keysOf(fault.path));
    if (offset === undefined) return { fault: { ...fault, place: file }, line: Number.POSITIVE_INFINITY };
    const { line } = lines.linePos(offset);
    return { fault: { ...fault, place: `${file}:${line}` }, line };
  });
  return placed.sort((one, other) => (one.line === other.line ? 0 : one.line - other.line)).map(({ fault }) => fault);
}

/** Where keys stand, or should; keys of the project without its namespace. */
export function placesOf(keys: readonly string[], stack: StackFile): Record<string, string> {
  const faults = keys.map((key) => ({ path: key, value: undefined, rule: "", remedy: "" }));
  const full = faults.map((fault) =>
    fault.path.includes(":") ? fault : { ...fault, path: `${stack.project}:${fault.path}` },
  );
  const short = (path: string) => (path.startsWith(`${stack.project}:`) ? path.slice(stack.project.length + 1) : path);
  return Object.fromEntries(
    placeFaults(full, stack).flatMap(({ path, place }) => (place === undefined ? [] : [[short(path), place]])),
  );
}

/** Where the key begins or, where it is missing, the one that it should stand below. */
function offsetOf(config: unknown, keys: readonly string[]): number | undefined {
  let node = config;
  let offset: number | undefined;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (!pair || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else {
      const item = isSeq(node) ? node.items[Number(key)] : undefined;
      if (!isNode(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    }
  }
  return offset;
}

/** `redshift-fleet:network.subnets[1].cidr` → `redshift-fleet:network`, `subnets`, `1`, `cidr`. */
const keysOf = (fault: string) => fault.replace(/\[(\d+)\]/g, ".$1").split(".");

/** Where the stack's settings are kept unless the engine was told otherwise; undefined where there are none. */
function stackFile({ root, stack }: StackFile, parse: (text: string) => unknown): string | undefined {
  const project = path.join(root, "Pulumi.yaml");
  const settings: unknown = fs.existsSync(project) ? parse(fs.readFileSync(project, "utf8")) : undefined;
  const folder: unknown = Reflect.get(Object(settings), "stackConfigDir");
  const file = path.join(typeof folder === "string" ? folder : "", `Pulumi.${stack}.yaml`);
  return fs.existsSync(path.join(root, file)) ? file : undefined;
}

/** Whether everything that the file says in clear is what the engine handed over. */
function sayTheSame(given: unknown, { project, values }: StackFile): boolean {
  return Object.entries(Object(given)).every(([key, value]) => {
    const text = values[key.includes(":") ? key : `${project}:${key}`];
    if (text === undefined) return false;
    if (typeof value !== "object" || value === null) return String(value ?? "") === text;
    return "secure" in value || canonical(value) === canonical(readJson(text));
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const canonical = (value: unknown) =>
  JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );
