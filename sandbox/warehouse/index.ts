export { Warehouse } from "./warehouse";
