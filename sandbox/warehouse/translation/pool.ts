import fs from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Outcome, Task } from "./worker";

/** Why a text could not be translated, with its SQLSTATE. */
export class TranslationFault extends Error {
  constructor(
    readonly sqlstate: string,
    message: string,
  ) {
    super(message);
  }
}

export interface PoolLimits {
  /** Threads at the same time; further texts wait for one. */
  threads: number;
  /** Milliseconds that a text may take, from the time a thread has it. */
  taskMs: number;
  /** Milliseconds after which a thread without work ends. */
  idleMs: number;
  heapMiB: number;
}

const defaultLimits: PoolLimits = { threads: 2, taskMs: 120_000, idleMs: 10_000, heapMiB: 4_096 };

interface Job {
  task: Task;
  signal: AbortSignal;
  resolve(outcome: Exclude<Outcome, { failed: unknown }>): void;
  reject(fault: Error): void;
}

interface Thread {
  worker: Worker;
  /** Ends the job under way, or the thread when it has none. */
  timer?: NodeJS.Timeout;
  job?: Job;
}

/**
 * Threads that translate texts too long for the event loop. They start when there is work, and end with the client whose
 * text they are at, at the deadline, or a while after the last text.
 */
export class TranslationPool {
  private readonly threads = new Set<Thread>();
  private readonly waiting = new Set<Job>();

  constructor(private readonly limits = defaultLimits) {}

  get size(): number {
    return this.threads.size;
  }

  /** @param task its bytes are handed over @throws TranslationFault */
  run(task: Task, signal: AbortSignal): Promise<Exclude<Outcome, { failed: unknown }>> {
    return new Promise((resolve, reject) => {
      const job: Job = { task, signal, resolve, reject };
      const gone = () => {
        this.waiting.delete(job);
        for (const thread of this.threads) if (thread.job === job) void thread.worker.terminate();
        reject(new TranslationFault("57014", "the client has gone"));
      };
      if (signal.aborted) return gone();
      signal.addEventListener("abort", gone, { once: true });
      this.waiting.add(job);
      this.assign();
    });
  }

  /** Gives waiting jobs to threads without one, as many as there may be. */
  private assign(): void {
    for (const job of this.waiting) {
      const thread = [...this.threads].find((candidate) => !candidate.job) ?? this.start();
      if (!thread) return;
      this.waiting.delete(job);
      thread.job = job;
      clearTimeout(thread.timer);
      thread.timer = setTimeout(() => this.expire(thread), this.limits.taskMs).unref();
      thread.worker.postMessage(job.task, [job.task.bytes.buffer]);
    }
  }

  private expire(thread: Thread): void {
    const text = `statement is too complex: its translation took longer than ${this.limits.taskMs / 1000} s`;
    thread.job?.reject(new TranslationFault("54001", text));
    void thread.worker.terminate();
  }

  private start(): Thread | undefined {
    if (this.threads.size >= this.limits.threads) return undefined;
    const worker = new Worker(workerFile(), { resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMiB } });
    const thread: Thread = { worker };
    this.threads.add(thread);
    worker.on("message", (outcome: Outcome) => {
      const { job } = thread;
      thread.job = undefined;
      clearTimeout(thread.timer);
      thread.timer = setTimeout(() => void worker.terminate(), this.limits.idleMs).unref();
      if ("failed" in outcome) job?.reject(new TranslationFault("XX000", outcome.failed.message));
      else job?.resolve(outcome);
      this.assign();
    });
    worker.on("error", (error) => {
      const memory = (error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY";
      const text = memory ? "out of memory while the statement was translated" : error.message;
      thread.job?.reject(new TranslationFault(memory ? "53200" : "XX000", text));
    });
    worker.on("exit", () => {
      clearTimeout(thread.timer);
      this.threads.delete(thread);
      thread.job?.reject(new TranslationFault("XX000", "the translation of the statement was broken off"));
      this.assign();
    });
    // No reason for the process to stay; after the listeners, the first of which is one.
    worker.unref();
    return thread;
  }
}

/** Beside the compiled sandbox, wherever this code runs. */
function workerFile(): string {
  const place = join("warehouse", "translation", "worker.js");
  const candidates = [join(__dirname, place), join(__dirname, "..", "..", "dist", place)];
  const found = candidates.find((candidate) => fs.existsSync(candidate));
  if (!found) throw new Error("The sandbox is not compiled; run `npm run build`.");
  return found;
}
