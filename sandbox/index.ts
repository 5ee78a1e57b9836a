export * from "./toolchain";
