import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isInstalled } from "../support/processes";

/** How to start a client's program, or why it cannot be tried here. */
export type Program = { command: string; args: string[] } | { missing: string };

const caches = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
const cache = path.join(caches, "redshift-fleet", "clients");
const pythonPackages = ["psycopg[binary]==3.3.9", "psycopg2-binary==2.9.13", "redshift_connector==2.2.0"];
const jdbcVersion = "2.1.0.33";
/** Milliseconds for a download that happens once on a machine. */
const downloadMs = 300_000;

/** The last line of what a command complained of, or undefined when it went well. */
function failure(command: string, args: string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", timeout: downloadMs });
  if (status === 0) return undefined;
  return error?.message ?? (stderr.trim() || stdout.trim()).split("\n").at(-1) ?? "it failed";
}

/** Python with the three drivers in an environment of the project's own, made once. */
function python(): { python: string } | { missing: string } {
  if (!isInstalled("python3")) return { missing: "python3 is not installed" };
  const key = createHash("sha256").update(pythonPackages.join()).digest("hex").slice(0, 8);
  const environment = path.join(cache, `python-${key}`);
  const executable = path.join(environment, "bin", "python");
  const complete = path.join(environment, "complete");
  if (!fs.existsSync(complete)) {
    fs.rmSync(environment, { recursive: true, force: true });
    const fault =
      failure("python3", ["-m", "venv", environment]) ??
      failure(executable, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...pythonPackages]);
    if (fault) return { missing: `the Python drivers could not be installed: ${fault}` };
    fs.writeFileSync(complete, "");
  }
  return { python: executable };
}

export function pythonProgram(driver: string): Program {
  const found = python();
  return "missing" in found ? found : { command: found.python, args: [path.join(__dirname, "client.py"), driver] };
}

/**
 * A client of S3 in Python, with the python3 that is there: what two of these need is too large to be installed for a test.
 * @param client `boto3`, `s3fs` or `awswrangler`
 */
export function s3Program(client: string): Program {
  if (!isInstalled("python3", ["-c", `import ${client}`])) {
    return { missing: `python3 cannot import ${client}: python3 -m pip install ${client}` };
  }
  return { command: "python3", args: [path.join(__dirname, "s3.py"), client] };
}

/** The driver from Maven Central by way of Maven, the program compiled as it starts. */
export function javaProgram(): Program {
  if (!isInstalled("java")) return { missing: "java is not installed" };
  const name = `redshift-jdbc42-${jdbcVersion}.jar`;
  const jar = path.join(cache, name);
  if (!fs.existsSync(jar)) {
    if (!isInstalled("mvn")) return { missing: `mvn is not installed, and there is no ${jar}` };
    const incoming = fs.mkdtempSync(path.join(os.tmpdir(), "jdbc-"));
    try {
      const artifact = `-Dartifact=com.amazon.redshift:redshift-jdbc42:${jdbcVersion}`;
      const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
      const fault = failure("mvn", ["-q", "-B", goal, artifact, `-DoutputDirectory=${incoming}`]);
      if (fault) return { missing: `the JDBC driver could not be fetched: ${fault}` };
      fs.mkdirSync(cache, { recursive: true });
      fs.copyFileSync(path.join(incoming, name), jar);
    } finally {
      fs.rmSync(incoming, { recursive: true, force: true });
    }
  }
  return { command: "java", args: ["-XX:TieredStopAtLevel=1", "-cp", jar, path.join(__dirname, "Program.java")] };
}
