import fs from "node:fs";

/** The parts of the engine's events that are shown. Every event has exactly one of them. */
interface EngineEvent {
  diagnosticEvent?: { message: string; severity: string; urn?: string };
  policyEvent?: {
    message: string;
    enforcementLevel: string;
    policyName: string;
    resourceUrn?: string;
  };
  resourcePreEvent?: { metadata: StepMetadata };
  resOutputsEvent?: { metadata: StepMetadata };
  resOpFailedEvent?: { metadata: StepMetadata };
  summaryEvent?: { resourceChanges: Record<string, number> };
}

interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  /** Properties that differ, with or without how. */
  detailedDiff?: Record<string, unknown> | null;
  diffs?: string[] | null;
  /** Those that make a replacement necessary. */
  keys?: string[] | null;
}

/** What the engine does, or would do, with a resource. */
export interface PlannedStep {
  /** create, update, replace, delete, read, import … */
  operation: string;
  type: string;
  name: string;
  /** Properties that differ. */
  properties: string[];
}

/** Steps of a replacement that say no more than `replace` does. */
const partsOfReplacement = new Set([
  "create-replacement",
  "delete-replaced",
  "discard-replaced",
  "remove-pending-replace",
]);

/** Reads the engine's event log while it grows. */
export class EventLog {
  readonly errors: string[] = [];
  readonly violations: string[] = [];
  /** What policies advise and the engine warns of: it stands in nobody's way. */
  readonly advice: string[] = [];
  /** Everything but what stays the same. */
  readonly steps: PlannedStep[] = [];
  changes: Record<string, number> = {};
  private offset = 0;
  private rest = "";
  private done = 0;
  private readonly inFlight = new Map<string, string>();

  constructor(private readonly file: string) {}

  /** Takes in what was written since the last time. */
  read(): this {
    if (!fs.existsSync(this.file)) return this;
    const handle = fs.openSync(this.file, "r");
    try {
      const buffer = Buffer.alloc(fs.fstatSync(handle).size - this.offset);
      this.offset += fs.readSync(handle, buffer, 0, buffer.length, this.offset);
      const lines = (this.rest + buffer.toString("utf8")).split("\n");
      this.rest = lines.pop() ?? "";
      for (const line of lines) if (line.trim() !== "") this.take(JSON.parse(line));
    } finally {
      fs.closeSync(handle);
    }
    return this;
  }

  /** One line about the present moment. */
  summary(): string {
    const [first] = this.inFlight.values();
    const others = this.inFlight.size > 1 ? ` and ${this.inFlight.size - 1} more` : "";
    return first ? `${this.done} done, now ${first}${others}` : `${this.done} done`;
  }

  /** One line about the whole. */
  outcome(): string {
    const parts = Object.entries(this.changes).filter(([kind, count]) => kind !== "same" && count > 0);
    const unchanged = this.changes.same ?? 0;
    if (parts.length === 0) return `no changes, ${unchanged} resources`;
    return [...parts, ...(unchanged > 0 ? [["unchanged", unchanged] as const] : [])]
      .map(([kind, count]) => `${count} ${kind}`)
      .join(", ");
  }

  private take(event: EngineEvent): void {
    const { diagnosticEvent: diagnostic, policyEvent: policy } = event;
    if (diagnostic?.severity === "error") this.errors.push(plain(`${nameOf(diagnostic.urn)}${diagnostic.message}`));
    if (diagnostic?.severity === "warning") this.advice.push(plain(`${nameOf(diagnostic.urn)}${diagnostic.message}`));
    if (policy) {
      const list = policy.enforcementLevel === "advisory" ? this.advice : this.violations;
      list.push(plain(`policy ${policy.policyName}: ${nameOf(policy.resourceUrn)}${policy.message}`));
    }
    const started = event.resourcePreEvent?.metadata;
    if (started && started.op !== "same") {
      this.inFlight.set(started.urn, nameOf(started.urn).replace(/: $/, ""));
      // Providers are the engine's own, and not among its sums.
      const isShown = !partsOfReplacement.has(started.op) && !started.type.startsWith("pulumi:providers:");
      if (isShown) this.steps.push(stepOf(started));
    }
    const ended = (event.resOutputsEvent ?? event.resOpFailedEvent)?.metadata;
    if (ended) {
      this.inFlight.delete(ended.urn);
      this.done++;
    }
    if (event.summaryEvent) this.changes = event.summaryEvent.resourceChanges ?? {};
  }
}

function stepOf({ op, urn, type, keys, diffs, detailedDiff }: StepMetadata): PlannedStep {
  const properties = [...Object.keys(detailedDiff ?? {}), ...(diffs ?? []), ...(keys ?? [])];
  return {
    operation: op,
    type,
    name: urn.split("::").slice(3).join("::"),
    // `tags` and `tags.owner` are one change.
    properties: [...new Set(properties.map((key) => key.split(/[.[]/)[0] ?? key))].filter(
      (key) => key !== "__provider",
    ),
  };
}

/** `urn:pulumi:stack::project::parent$type::name` → `Workgroup pool-1: `. */
function nameOf(urn: string | undefined): string {
  if (!urn) return "";
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split("$").at(-1)?.split(":").at(-1)} ${name.join("::")}: `;
}

/** Without the engine's marks for colours. */
function plain(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "").trim();
}
