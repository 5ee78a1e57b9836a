export { catalogue } from "../catalogue";
export { reference } from "./reference";
