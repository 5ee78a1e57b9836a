export { Placement } from "./placement";
export { type PlacementInputs, placedKeys } from "./placement-faults";
