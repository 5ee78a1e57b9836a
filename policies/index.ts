// The policies as a library. Importing this starts nothing; `pack.ts` is what the engine runs.
export { catalogue } from "./catalogue";
export * from "./framework/config";
export { evaluateResource, evaluateStack } from "./framework/evaluate";
export { lintConfig } from "./framework/lint";
export { type About, definePolicy, type Finding, type Policy } from "./framework/policy";
export { toSdk } from "./framework/sdk";
