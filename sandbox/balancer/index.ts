export { type ListenAddress, Listener } from "./listener";
export type { TargetGroupSettings } from "./settings";
export { TargetGroup } from "./target-group";
