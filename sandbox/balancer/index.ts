export { type ListenAddress, Listener, type ListenerSettings } from "./listener";
export type { HealthCheckSettings, TargetAddress, TargetGroupSettings, TargetHealth, TargetState } from "./settings";
export { TargetGroup } from "./target-group";
