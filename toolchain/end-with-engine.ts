// Required before a provider's own code, which would wait for requests for ever if its engine were killed: it ends as
// soon as it belongs to another process than the engine that its launcher names.
import { endWithParent } from "./parent";

endWithParent(() => process.exit(1), Number(process.env.PULUMI_ENGINE_PID) || process.ppid);
