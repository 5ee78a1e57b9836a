import { connect } from "node:net";
import type { HealthCheckSettings } from "./settings";

export type Verdict = "healthy" | "unhealthy";

/**
 * The counting of a TCP health check: a verdict changes after so many equal results in a row. The first success of a
 * new target is enough, so that it enters the rotation without waiting for the whole threshold.
 */
export class HealthCounter {
  verdict: Verdict | undefined;
  private run = 0;

  /** Takes one result; true when the verdict changed. */
  record(success: boolean, settings: Pick<HealthCheckSettings, "healthyThreshold" | "unhealthyThreshold">): boolean {
    const result: Verdict = success ? "healthy" : "unhealthy";
    if (this.verdict === result) {
      this.run = 0;
      return false;
    }
    this.run += 1;
    const needed =
      result === "unhealthy" ? settings.unhealthyThreshold : this.verdict === undefined ? 1 : settings.healthyThreshold;
    if (this.run < needed) return false;
    this.verdict = result;
    this.run = 0;
    return true;
  }
}

/** True when a TCP connection is accepted in time. */
export function probe(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (result: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => finish(false), timeoutMs);
    socket.once("connect", () => finish(true));
    socket.once("error", () => finish(false));
  });
}
