import { fleet } from "./program";
import { fail } from "./terminal/terminal";

fleet()
  .parseAsync(process.argv)
  .catch((error: unknown) => fail(error));
