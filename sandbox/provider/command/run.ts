import { spawn } from "node:child_process";
import { repositoryDirectory } from "@redshift-fleet/toolchain";

export interface Run {
  command: string;
  /** The program and arguments that the command is handed to; `/bin/sh -c` where none is given. */
  interpreter: string[];
  dir?: string;
  environment: Record<string, string>;
  stdin?: string;
  signal: AbortSignal;
}

export interface Outcome {
  stdout: string;
  stderr: string;
}

/** A command that writes more than this is cut off: state files must stay readable. */
const maxOutputBytes = 16 * 1024 * 1024;

/** Runs a command to its end. @throws Error with its exit code and output when it fails or cannot be started. */
export async function run(request: Run): Promise<Outcome> {
  const [program = "/bin/sh", ...args] = request.interpreter.length > 0 ? request.interpreter : ["/bin/sh", "-c"];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, request.command], {
      // Pulumi's own provider runs in the folder of the program; this one lives apart from any.
      cwd: request.dir ?? repositoryDirectory(),
      env: { ...process.env, ...request.environment },
      signal: request.signal,
    });
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8");
      child[stream].on("data", (chunk: string) => {
        if (output[stream].length < maxOutputBytes) output[stream] += chunk;
      });
    }
    // A command that reads no input may close it early; that is no failure.
    child.stdin.on("error", () => undefined);
    child.stdin.end(request.stdin ?? "");
    child.on("error", (error) => reject(new Error(`${program} could not be run: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) resolve({ stdout: output.stdout.trimEnd(), stderr: output.stderr.trimEnd() });
      else reject(new Error(failure(code, signal, request.command, output)));
    });
  });
}

function failure(code: number | null, signal: string | null, command: string, output: Outcome): string {
  const how = code === null ? `signal: ${signal}` : `exit status ${code}`;
  const said = [output.stdout, output.stderr].join("").trim();
  return `${how}: running "${command}"${said === "" ? "" : `:\n${said}`}`;
}
