import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { kill, revive, type SandboxStatus } from "@redshift-fleet/sandbox";
import { repositoryDirectory } from "@redshift-fleet/toolchain";
import { CertificateAuthority } from "../../../sandbox/tls/authority";
import { findBinaries } from "../../../sandbox/warehouse/postgres/binaries";
import { chooseIdentity, commandAs } from "../../../sandbox/warehouse/postgres/identity";
import { copyFolder, ended, giveTo } from "../../../sandbox/warehouse/postgres/processes";
import { settingArguments } from "../../../sandbox/warehouse/postgres/settings";

const host = "127.0.0.1";

/** A PostgreSQL server with a consumer's data that clients reach without balancer and front, by TCP with TLS. */
export class StraightServer {
  private constructor(
    readonly port: number,
    private readonly process: ChildProcess,
  ) {}

  /**
   * Copies the server of a namespace. The warehouse is down for a moment, so that its files do not change meanwhile.
   *
   * @param folder where the copy goes
   */
  static async copyOf(sandbox: SandboxStatus, namespaceId: string, folder: string): Promise<StraightServer> {
    const workgroup = sandbox.workgroups.find((candidate) => candidate.namespaceId === namespaceId);
    if (!workgroup) throw new Error(`no workgroup has the namespace ${namespaceId}`);
    const binaries = findBinaries(repositoryDirectory());
    fs.mkdirSync(folder, { mode: 0o755 });
    const identity = chooseIdentity([path.join(binaries.root, "bin"), folder]);
    await kill({ dir: sandbox.dir, target: workgroup.name });
    const original = path.join(sandbox.dir, "warehouse", "c", namespaceId.slice(0, 8), "d");
    await copyFolder(original, path.join(folder, "d"));
    await revive({ dir: sandbox.dir, target: workgroup.name });
    fs.rmSync(path.join(folder, "d", "postmaster.pid"), { force: true });

    const authority = await CertificateAuthority.open(path.join(folder, "tls"));
    const { key, cert } = await authority.issue({ commonName: "straight", dnsNames: ["localhost"], addresses: [host] });
    fs.writeFileSync(path.join(folder, "d", "straight.key"), key, { mode: 0o600 });
    fs.writeFileSync(path.join(folder, "d", "straight.pem"), cert, { mode: 0o600 });
    await giveTo(identity, folder);
    const port = await freePort();
    const { command, args, options } = commandAs(identity, path.join(binaries.root, "bin", "postgres"), [
      ...["-D", path.join(folder, "d"), "-k", folder, "-p", String(port)],
      ...settingArguments({
        listen_addresses: host,
        ssl: "on",
        ssl_cert_file: "straight.pem",
        ssl_key_file: "straight.key",
        "rs.namespace": namespaceId,
      }),
    ]);
    const server = spawn(command, args, { ...options, cwd: path.join(folder, "d"), stdio: "ignore" });
    await answering(port);
    return new StraightServer(port, server);
  }

  async close(): Promise<void> {
    this.process.kill("SIGINT");
    if (this.process.pid !== undefined) await ended(this.process.pid, 10_000);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function answering(port: number): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; await new Promise((done) => setTimeout(done, 50))) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, host, () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.end());
    });
    if (open) return;
    if (Date.now() > deadline) throw new Error("the copied PostgreSQL server does not start");
  }
}
