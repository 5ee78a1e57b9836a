export { environment } from "@redshift-fleet/toolchain";
export * from "./control";
