import { type Peek, Undecided } from "./peek";
import { UnknownValueError } from "./unknown-values";

/** One statement of an IAM policy, its lists made uniform. */
export interface Statement {
  sid: string;
  allow: boolean;
  actions: string[];
  notActions: string[];
  resources: string[];
  notResources: string[];
  /** Every principal in one list, `*` for anyone; service principals as `service:<name>`. */
  principals: string[];
  condition: Record<string, Record<string, string | string[]>>;
}

/**
 * Reads a policy given as JSON text or as a document.
 * @throws Undecided when it holds values not known yet.
 */
export function statementsOf(policy: Peek<unknown>, path: string): Statement[] {
  if (policy.state === "unknown") throw new Undecided([path]);
  if (policy.state === "absent") return [];
  try {
    const document: unknown = typeof policy.value === "string" ? JSON.parse(policy.value || "{}") : plain(policy.value);
    return listOf(field(document, "Statement")).map(statement);
  } catch (error) {
    if (error instanceof UnknownValueError) throw new Undecided([path]);
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function statement(from: unknown): Statement {
  const allow = field(from, "Effect") === "Allow";
  // To allow all but some is to allow anyone; to deny all but some is not to deny everyone.
  const allButSome = allow && field(from, "NotPrincipal") !== undefined;
  return {
    sid: String(field(from, "Sid") ?? ""),
    allow,
    actions: textsOf(field(from, "Action")),
    notActions: textsOf(field(from, "NotAction")),
    resources: textsOf(field(from, "Resource")),
    notResources: textsOf(field(from, "NotResource")),
    principals: allButSome ? ["*"] : principalsOf(field(from, "Principal")),
    condition: (field(from, "Condition") ?? {}) as Statement["condition"],
  };
}

function principalsOf(principal: unknown): string[] {
  if (typeof principal === "string") return [principal];
  if (typeof principal !== "object" || principal === null) return [];
  return Object.entries(principal).flatMap(([kind, values]) =>
    textsOf(values).map((value) => (kind === "Service" ? `service:${value}` : value)),
  );
}

/** Whether the statement admits anyone: a `*` principal that no condition narrows to known callers. */
export function admitsAnyone({ allow, principals, condition }: Statement): boolean {
  return allow && principals.includes("*") && !narrows(condition);
}

const narrowing =
  /^(aws:(principalorgid|principalorgpaths|principalaccount|principalarn|sourceaccount|sourcearn|sourceorgid|sourcevpc|sourcevpce)|kms:calleraccount|lambda:functionurlauthtype)$/i;

/** Operators that hold for others than the values named, or where a request lacks the key altogether. */
const loose = /not|ifexists$|^null$|^forallvalues:/i;

/** What a condition demands: each key with the values that one of them must have. */
export function demandsOf(condition: Statement["condition"]): { key: string; values: string[] }[] {
  return Object.entries(condition)
    .filter(([operator]) => !loose.test(operator))
    .flatMap(([, keys]) => Object.entries(keys ?? {}).map(([key, value]) => ({ key, values: textsOf(value) })));
}

/** Whether a condition restricts callers to some account, organization or source. */
function narrows(condition: Statement["condition"]): boolean {
  return demandsOf(condition).some(({ key, values }) => narrowing.test(key) && values.every(namesSomebody));
}

/** Neither any value nor, in an ARN, any account. */
function namesSomebody(value: string): boolean {
  return !/^[*?]+$/.test(value) && value.split(":")[4] !== "*";
}

/** Whether a list of actions covers one, wildcards considered. */
export function covers(actions: readonly string[], action: string): boolean {
  return actions.some((pattern) =>
    new RegExp(`^${pattern.split("*").map(literally).join(".*").replace(/\\\?/g, ".")}$`, "i").test(action),
  );
}

function literally(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}

function field(of: unknown, key: string): unknown {
  if (typeof of !== "object" || of === null) return undefined;
  const own = Object.keys(of).find((name) => name.toLowerCase() === key.toLowerCase());
  return own === undefined ? undefined : Reflect.get(of, own);
}

function listOf(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function textsOf(value: unknown): string[] {
  return listOf(value).map(String);
}

/** A plain copy of a document behind the SDK's proxies; throws on a value not known yet. */
function plain(value: unknown): unknown {
  return typeof value === "object" ? JSON.parse(JSON.stringify(value)) : value;
}
