import { createHash, randomBytes } from "node:crypto";
import { flag, isLoginRefused } from "@redshift-fleet/redshift";
import { z } from "zod";
import type { Answer, Question } from "../question";
import type { Trial } from "../trial";
import { withUser } from "../trial-user";

const one = z.object({ one: z.coerce.number() });

/** Whether a user whose password SQL was given in this form gets in. */
async function loginWith(trial: Trial, form: (password: string, username: string) => string): Promise<boolean> {
  return withUser(trial, form, async ({ secretArn }) => {
    try {
      await trial.sql("consumer", secretArn).query("SELECT 1 AS one", one);
      return true;
    } catch (error) {
      if (isLoginRefused(error)) return false;
      throw error;
    }
  });
}

const said = (accepted: boolean) => (accepted ? "the login is accepted" : "the login is refused");

function digestQuestion(
  id: string,
  form: string,
  settles: string,
  digest: (password: string, username: string) => string,
  judge: (accepted: boolean) => Answer["verdict"],
): Question {
  return {
    id,
    asks: `Does a user get in whose password was set as ${form}?`,
    settles,
    byHand: `CREATE USER trial PASSWORD '${form}'; then log in as trial, through the Data API with a secret or with a driver.`,
    async ask(trial) {
      const accepted = await loginWith(trial, digest);
      return { verdict: judge(accepted), seen: said(accepted) };
    },
  };
}

/** How Redshift takes passwords that are not in clear text. */
export const passwordQuestions: readonly Question[] = [
  digestQuestion(
    "digest-md5",
    "md5<32 hex digits>",
    "Readers' passwords are set in this form unless the configuration says otherwise.",
    (password, username) =>
      `md5${createHash("md5")
        .update(password + username)
        .digest("hex")}`,
    (accepted) => (accepted ? "expected" : "fault"),
  ),
  digestQuestion(
    "digest-sha256-text-salt",
    "sha256|<digest of password and salt as text>|<salt>",
    "Which of two readings of the documentation holds for readers with SHA-256 digests.",
    (password) => {
      const salt = randomBytes(32).toString("hex");
      return `sha256|${createHash("sha256").update(password).update(salt).digest("hex")}|${salt}`;
    },
    (accepted) => (accepted ? "other" : "expected"),
  ),
  digestQuestion(
    "digest-sha256-binary-salt",
    "sha256|<digest of password and salt as bytes>|<64 hex digits of the salt>",
    "The other reading.",
    (password) => {
      const salt = randomBytes(32);
      return `sha256|${createHash("sha256").update(password).update(salt).digest("hex")}|${salt.toString("hex")}`;
    },
    (accepted) => (accepted ? "expected" : "other"),
  ),
  {
    id: "admin-digest",
    asks: "Which digest has the administrator's managed password?",
    settles: "Whether psql can log in as the producer's administrator: it cannot where the digest is SHA-256.",
    byHand: "SELECT passwd LIKE 'md5%' FROM pg_shadow WHERE usename = current_user",
    async ask(trial) {
      const rows = await trial
        .sql("producer")
        .query(
          "SELECT passwd LIKE 'md5%' AS is_md5 FROM pg_shadow WHERE usename = current_user",
          z.object({ is_md5: flag }),
        );
      if (!rows[0]) return { verdict: "open", seen: "pg_shadow shows no row" };
      return rows[0].is_md5
        ? { verdict: "expected", seen: "MD5: every client can log in" }
        : { verdict: "other", seen: "not MD5: the administrator needs AWS's own drivers, or the Data API" };
    },
  },
];
