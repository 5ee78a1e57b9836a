import path from "node:path";
import { type Figure, inTurn, median, type Settings } from "../figures";
import { writeProgram } from "../programs/empty";
import { Workbench } from "../workbench";

const key = "alias/aws/secretsmanager";

/** So many secrets, made by the provider `aws`. */
const plain = (count: number) => `
const { Secret } = require("@pulumi/aws/secretsmanager");
for (let i = 0; i < ${count}; i++) new Secret("s" + i, { name: "plain-" + i, kmsKeyId: "${key}", recoveryWindowInDays: 0 });
`;

/** As many, made by a dynamic provider of this repository, which generates and stores a password in each too. */
const dynamic = (count: number) => `
require("${path.join("@redshift-fleet", "components")}");
const pulumi = require("@pulumi/pulumi");
const __provider = 'exports.handler = () => require("@redshift-fleet/components/dist/lifecycle/index.js").lifecycles.secret;';
class ReaderSecret extends pulumi.CustomResource {}
for (let i = 0; i < ${count}; i++)
  new ReaderSecret("pulumi-nodejs:dynamic/redshift:ReaderSecret", "s" + i, {
    connection: { region: "us-east-1" }, secretName: "dynamic-" + i, username: "reader", kmsKeyId: "${key}", host: "host",
    port: 5439, database: "fleet", passwordGeneration: 1, recoveryDays: 0, secretArn: undefined, usable: undefined, __provider,
  });
`;

/** What a resource costs that a dynamic provider makes, against the same thing made by an ordinary one. */
export async function dynamicResources({ quick, progress }: Settings): Promise<Figure[]> {
  const count = quick ? 10 : 50;
  const bench = await Workbench.open();
  try {
    const folders = {
      plain: writeProgram(path.join(bench.folder, "plain"), plain(count)),
      dynamic: writeProgram(path.join(bench.folder, "dynamic"), dynamic(count)),
    };
    const up = (folder: string) => async () => {
      const { seconds } = await bench.program("up", folder);
      await bench.program("destroy", folder);
      return seconds;
    };
    const samples = await inTurn(quick ? 1 : 3, { plain: up(folders.plain), dynamic: up(folders.dynamic) }, progress);
    return [
      {
        item: "dynamic",
        what: `up of ${count} secrets by a dynamic provider / by an ordinary one`,
        value: median(samples.dynamic) / median(samples.plain),
        unit: "×",
        limit: { atMost: 2 },
        samples,
      },
    ];
  } finally {
    await bench.close();
  }
}
