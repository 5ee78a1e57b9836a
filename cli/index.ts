import { fleet } from "./program";
import { fail } from "./terminal/terminal";

// The SDK's releases are pinned: what later ones will need of Node is no news to an operator.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

fleet()
  .parseAsync(process.argv)
  .catch((error: unknown) => fail(error));
