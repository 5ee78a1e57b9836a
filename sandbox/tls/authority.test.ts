import fs from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer, type TLSSocket } from "node:tls";
import { CertificateAuthority } from "./authority";

describe("the sandbox's certificate authority", () => {
  const dir = fs.mkdtempSync(join(tmpdir(), "authority-"));
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  async function handshake(ca: string, address: string, authority: CertificateAuthority): Promise<boolean> {
    const material = await authority.issue({ commonName: "wg", dnsNames: ["wg.example"], addresses: ["127.0.0.1"] });
    const server = createServer({ key: material.key, cert: material.cert }, (socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await new Promise<boolean>((resolve, reject) => {
        const socket: TLSSocket = connect({ host: "127.0.0.1", port, ca, servername: address }, () => {
          resolve(socket.authorized);
          socket.destroy();
        });
        socket.once("error", reject);
      });
    } finally {
      server.close();
    }
  }

  test("issues certificates that verify by address and by name", async () => {
    const authority = await CertificateAuthority.open(dir);
    await expect(handshake(authority.caPem, "wg.example", authority)).resolves.toBe(true);
    await expect(handshake(authority.caPem, "", authority)).resolves.toBe(true);
  });

  test("is refused under another name and by another authority", async () => {
    const authority = await CertificateAuthority.open(dir);
    const other = await CertificateAuthority.open(join(dir, "other"));
    await expect(handshake(authority.caPem, "elsewhere.example", authority)).rejects.toThrow(/altnames/);
    await expect(handshake(other.caPem, "wg.example", authority)).rejects.toThrow();
  });

  test("stays the same authority over restarts and keeps its key to itself", async () => {
    const first = await CertificateAuthority.open(dir);
    const second = await CertificateAuthority.open(dir);
    expect(second.caPem).toBe(first.caPem);
    expect(fs.statSync(join(dir, "ca.key")).mode & 0o777).toBe(0o600);
  });
});
