export { isAlive } from "./alive";
export { type Engine, ensureEngine, locateEngine, type Progress } from "./engine";
export {
  asExports,
  awsEnvironment,
  engineEnvironment,
  environment,
  launcherDirectories,
  type SandboxPorts,
} from "./environment";
export { type LanguageHost, type Launchers, writeLaunchers } from "./launchers";
export { repositoryDirectory, sandboxDirectory } from "./locations";
export { engineVersion, oldestEngine } from "./version";
