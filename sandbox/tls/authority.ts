import "reflect-metadata";
import { createHash, webcrypto } from "node:crypto";
import fs from "node:fs";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";
import type { TlsMaterial } from "./material";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const yearMs = 365 * 24 * 3_600_000;

/**
 * The sandbox's own certificate authority. Its key never leaves the sandbox's folder (mode 0600) and signs nothing but
 * the certificates of this sandbox's workgroups; clients that verify are pointed at `caPath`.
 */
export class CertificateAuthority {
  private constructor(
    /** PEM file of the authority's certificate: `sslrootcert` of libpq, trust anchor of the other drivers. */
    readonly caPath: string,
    readonly caPem: string,
    private readonly certificate: x509.X509Certificate,
    private readonly key: webcrypto.CryptoKey,
  ) {}

  /** Reads the authority kept in `dir`, or makes one. */
  static async open(dir: string): Promise<CertificateAuthority> {
    x509.cryptoProvider.set(webcrypto);
    fs.mkdirSync(dir, { recursive: true });
    const caPath = join(dir, "ca.pem");
    const keyPath = join(dir, "ca.key");
    if (!fs.existsSync(caPath) || !fs.existsSync(keyPath)) await createAuthority(caPath, keyPath);
    const caPem = fs.readFileSync(caPath, "utf8");
    const der = x509.PemConverter.decode(fs.readFileSync(keyPath, "utf8"))[0]!;
    const key = await webcrypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
    return new CertificateAuthority(caPath, caPem, new x509.X509Certificate(caPem), key);
  }

  /** A certificate for a server known under these names and IP addresses. */
  async issue(server: { commonName: string; dnsNames?: string[]; addresses?: string[] }): Promise<TlsMaterial> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(server.commonName),
      subject: [{ CN: [server.commonName] }],
      issuer: this.certificate.subject,
      notBefore: new Date(Date.now() - 3_600_000),
      notAfter: new Date(Date.now() + 2 * yearMs),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: this.key,
      extensions: [
        new x509.BasicConstraintsExtension(false),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          ...(server.dnsNames ?? []).map((value) => ({ type: "dns" as const, value })),
          ...(server.addresses ?? []).map((value) => ({ type: "ip" as const, value })),
        ]),
        await x509.AuthorityKeyIdentifierExtension.create(this.certificate),
      ],
    });
    const exported = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return {
      key: x509.PemConverter.encode(exported, "PRIVATE KEY"),
      cert: `${certificate.toString("pem")}\n${this.caPem}`,
      ca: this.caPem,
    };
  }
}

async function createAuthority(caPath: string, keyPath: string): Promise<void> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber("authority"),
    name: [{ CN: ["Redshift sandbox authority"] }],
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 10 * yearMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const exported = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  put(keyPath, x509.PemConverter.encode(exported, "PRIVATE KEY"), 0o600);
  put(caPath, `${certificate.toString("pem")}\n`, 0o644);
}

/** In place by rename, so that a kill leaves either no file or a whole one. */
function put(path: string, contents: string, mode: number): void {
  fs.writeFileSync(`${path}.next`, contents, { mode });
  fs.renameSync(`${path}.next`, path);
}

function serialNumber(seed: string): string {
  const digest = createHash("sha256").update(`${seed}/${Date.now()}/${process.pid}`).digest("hex");
  // The first digit keeps the number positive and free of leading zeros.
  return `4${digest.slice(0, 31)}`;
}
