import { own } from "./values/value";

/** Members that tell what a call is about. None of them can hold a secret, a statement or data. */
const subjects = [
  ...["endpointName", "workgroupName", "namespaceName", "snapshotName", "usageLimitId", "resourceArn"],
  ...["WorkgroupName", "SecretId", "Name", "KeyId", "TargetGroupArn", "ListenerArn", "LoadBalancerArn", "Id", "Bucket"],
];
const longestSubject = 80;

/** A call in the words of the log: service, operation, and the name of what it is about. */
export function tellCall(service: string, operation: string, input: object = {}): string {
  const named = subjects.map((name) => own(input, name)).find((value) => typeof value === "string");
  // An ARN's last part is the name.
  const subject = typeof named === "string" ? named.slice(named.lastIndexOf(":") + 1) : "";
  return [service, operation, subject.slice(0, longestSubject)].filter(Boolean).join(" ");
}

/** Milliseconds in which the same answer to the same question is told once. */
const sameWithin = 10_000;
const remembered = 1_000;

/** Leaves out of the log what brings nothing new: programs that wait ask the same question again and again. */
export class Polling {
  private readonly told = new Map<string, number>();

  /** Whether a call with this outcome is one more look at what has not changed. */
  repeats(call: string, outcome: string, now = Date.now()): boolean {
    // How a statement ends is told by the warehouse, where it fails.
    if (outcome === "200" && / (?:DescribeStatement|GetStatementResult)\b/.test(call)) return true;
    if (!/ (?:Describe|Get|List)\w+/.test(call)) return false;
    const key = `${call}: ${outcome}`;
    const before = this.told.get(key);
    if (before !== undefined && now - before < sameWithin) return true;
    if (this.told.size >= remembered) this.told.clear();
    this.told.set(key, now);
    return false;
  }
}
