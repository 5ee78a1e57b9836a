import { randomBytes, randomUUID } from "node:crypto";
import { type DataApi, quoteIdentifier, quoteLiteral, SqlError, statementVerdict } from "@redshift-fleet/redshift";
import { z } from "zod";
import type { Answer, Question } from "../question";
import type { Trial } from "../trial";
import { withUser } from "../trial-user";

const temporary = (what: string) => `aws_check_${what}_${randomBytes(4).toString("hex")}`;

function share(trial: Trial) {
  const found = trial.outputs.datashares[0];
  if (!found) throw new Error("the fleet shares nothing");
  return found;
}

/** The server's words where it refused; undefined where it did not. */
async function refusal(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof SqlError) return error.serverMessage;
    throw error;
  }
}

/** Makes a role on the consumer for as long as the work takes. */
async function withRole(admin: DataApi, work: (role: string) => Promise<Answer>): Promise<Answer> {
  const role = quoteIdentifier(temporary("role"));
  await admin.execute(`CREATE ROLE ${role}`);
  try {
    return await work(role);
  } finally {
    await admin.execute(`DROP ROLE ${role} FORCE`);
  }
}

/** Makes a second database of the share on the consumer for as long as the work takes. */
async function withSecondDatabase(trial: Trial, work: (database: string) => Promise<Answer>): Promise<Answer> {
  const admin = trial.sql("consumer");
  const database = temporary("db");
  const from = `FROM DATASHARE ${quoteIdentifier(share(trial).name)} OF NAMESPACE ${quoteLiteral(trial.outputs.producer.namespaceId)}`;
  const refused = await refusal(admin.execute(`CREATE DATABASE ${quoteIdentifier(database)} WITH PERMISSIONS ${from}`));
  if (refused) return { verdict: "other", seen: refused };
  try {
    return await work(database);
  } finally {
    await admin.execute(`DROP DATABASE ${quoteIdentifier(database)}`);
  }
}

/** What datashares' SQL accepts where the documentation can be read in two ways. */
export const sharingQuestions: readonly Question[] = [
  {
    id: "grant-in-transaction",
    asks: "Does Redshift take grants on a shared database inside a transaction?",
    settles: "Grants are sent one by one; were transactions taken, they could go together.",
    byHand: "BEGIN; GRANT USAGE ON DATABASE <consumer database> TO ROLE reader; COMMIT",
    async ask(trial) {
      const database = quoteIdentifier(share(trial).consumerDatabase);
      const admin = trial.sql("consumer");
      return withRole(admin, async (role) => {
        const grant = `GRANT USAGE ON DATABASE ${database} TO ROLE ${role}`;
        const revoke = `REVOKE USAGE ON DATABASE ${database} FROM ROLE ${role}`;
        const refused = await refusal(admin.batch([grant, revoke]));
        return refused ? { verdict: "expected", seen: refused } : { verdict: "other", seen: "it takes them" };
      });
    },
  },
  {
    id: "second-database",
    asks: "May a consumer have two databases of one datashare?",
    settles: "Whether a new name for the consumers' database is made beside the old one, or in its place.",
    byHand: "CREATE DATABASE second WITH PERMISSIONS FROM DATASHARE <share> OF NAMESPACE '<producer>'",
    ask: (trial) => withSecondDatabase(trial, async () => ({ verdict: "expected", seen: "it may" })),
  },
  {
    id: "usage-on-database",
    asks: "Does a reader of a database WITH PERMISSIONS need USAGE on the database too?",
    settles: "Roles are granted USAGE on the database besides the rights on objects.",
    byHand:
      "GRANT USAGE FOR SCHEMAS, SELECT FOR TABLES IN DATABASE second TO ROLE r; SELECT from it as a user with that role",
    ask: (trial) =>
      withSecondDatabase(trial, (database) => {
        const admin = trial.sql("consumer");
        const table = [database, share(trial).schemas[0] ?? "public", "dim_date"].map(quoteIdentifier).join(".");
        return withRole(admin, async (role) => {
          const on = `IN DATABASE ${quoteIdentifier(database)} TO ROLE ${role}`;
          await admin.execute(`GRANT USAGE FOR SCHEMAS ${on}`);
          await admin.execute(`GRANT SELECT FOR TABLES ${on}`);
          return withUser(trial, generatedPassword, async ({ name, secretArn }) => {
            await admin.execute(`GRANT ROLE ${role} TO ${quoteIdentifier(name)}`);
            const question = trial
              .sql("consumer", secretArn)
              .query(`SELECT COUNT(*) AS total FROM ${table}`, z.object({ total: z.coerce.number() }));
            const refused = await refusal(question);
            return refused ? { verdict: "expected", seen: refused } : { verdict: "other", seen: "it does not" };
          });
        });
      }),
  },
  {
    id: "unknown-namespace",
    asks: "In which words does GRANT refuse a namespace that it does not know?",
    settles: "A grant to a new namespace is tried again for minutes where the refusal says this.",
    byHand: "GRANT USAGE ON DATASHARE <share> TO NAMESPACE '<a random GUID>'",
    async ask(trial) {
      const guid = randomUUID();
      const name = quoteIdentifier(share(trial).name);
      const producer = trial.sql("producer");
      const refused = await refusal(
        producer.execute(`GRANT USAGE ON DATASHARE ${name} TO NAMESPACE ${quoteLiteral(guid)}`),
      );
      if (refused === undefined) {
        await producer.execute(`REVOKE USAGE ON DATASHARE ${name} FROM NAMESPACE ${quoteLiteral(guid)}`);
        return { verdict: "other", seen: "it takes any GUID" };
      }
      return { verdict: statementVerdict(refused, "namespace", 0) === "again" ? "expected" : "fault", seen: refused };
    },
  },
];

/** The password itself: Redshift makes the digest. */
const generatedPassword = (password: string) => password;
