export { Placement } from "./placement";
export type { PlacementInputs } from "./placement-lifecycle";
