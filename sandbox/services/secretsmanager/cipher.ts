import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import fs from "node:fs";
import { dirname } from "node:path";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts what rests on disk. The key lies in a file of its own that only its owner may read. */
export class SecretCipher {
  private constructor(private readonly key: Buffer) {}

  static open(keyFile: string): SecretCipher {
    if (!fs.existsSync(keyFile)) {
      fs.mkdirSync(dirname(keyFile), { recursive: true });
      fs.writeFileSync(`${keyFile}.next`, randomBytes(32), { mode: 0o600 });
      fs.renameSync(`${keyFile}.next`, keyFile);
    }
    return new SecretCipher(fs.readFileSync(keyFile));
  }

  encrypt(plain: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.key, nonce);
    const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
  }

  /** @throws Error where the text was not encrypted with this key, or was changed since. */
  decrypt(encrypted: string): string {
    const bytes = Buffer.from(encrypted, "base64");
    const decipher = createDecipheriv(algorithm, this.key, bytes.subarray(0, nonceBytes));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
  }
}
