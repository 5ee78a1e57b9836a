import Module from "node:module";

// Loaded first in policy packs that say `typescript: false`. The SDK registers ts-node in every pack, which loads the
// compiler: half of a pack's start, for packs that are JavaScript. Both are handed out as empty as they will be used.

type Load = (request: string, parent: NodeModule | undefined, isMain: boolean) => unknown;

const stands: Record<string, unknown> = {
  "ts-node": { register: () => undefined },
  typescript: { version: "5.0.0" },
};
const fromSdk = /[\\/]@pulumi[\\/]pulumi[\\/]/;
/** By name, or the copies that the SDK carries. */
const wanted = /(?:^|[\\/])(ts-node|typescript)(?:@[\d.]+)?(?:[\\/]typescript\.js)?$/;

const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = function (request, parent, isMain) {
  const stand = fromSdk.test(parent?.filename ?? "") ? stands[wanted.exec(request)?.[1] ?? ""] : undefined;
  return stand ?? load.call(this, request, parent, isMain);
};
