import { fleet } from "./program";
import { endWithReader, fail, wantsJson } from "./terminal/terminal";

// The SDK's releases are pinned: what later ones will need of Node is no news to an operator.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

endWithReader(process.stdout);
endWithReader(process.stderr);

fleet()
  .parseAsync(process.argv)
  .catch((error: unknown) => fail(error, wantsJson(process.argv)));
