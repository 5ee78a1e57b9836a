export * from "./control";
export * from "./toolchain";
