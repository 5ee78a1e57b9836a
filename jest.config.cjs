const swc = {
  jsc: {
    parser: { syntax: "typescript" },
    target: "es2022",
    transform: { useDefineForClassFields: false },
  },
  module: { type: "commonjs", ignoreDynamic: false },
};
const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  // Not among temporary files, which scripts/test.cjs clears away.
  cacheDirectory: `${__dirname}/node_modules/.cache/jest`,
  transform: { "^.+\\.ts$": ["@swc/jest", swc], "^.+\\.sql$": "<rootDir>/scripts/jest-sql.cjs" },
  setupFiles: ["<rootDir>/scripts/jest-setup.cjs", "<rootDir>/toolchain/quick-load/jest.cjs"],
  moduleNameMapper: { "^@redshift-fleet/(.+)$": "<rootDir>/$1/index.ts" },
  modulePathIgnorePatterns: ["/dist/", "/\\.sandbox"],
};

/** Unit tests stand beside the code; end-to-end tests run the real engine against the sandbox. */
module.exports = {
  // A deadline for what hangs. The first test of a file also waits for modules, seconds where other stages run beside it.
  testTimeout: 60_000,
  testSequencer: "<rootDir>/scripts/jest-longest-first.cjs",
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/{redshift,health,components,toolchain,sandbox,cli,infra,examples}/**/*.test.ts"],
    },
    { ...shared, displayName: "policies", testMatch: ["<rootDir>/policies/**/*.test.ts"] },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/tests/e2e/**/*.test.ts"],
      globalSetup: "<rootDir>/tests/e2e/support/shared-fleet.setup.cjs",
      globalTeardown: "<rootDir>/tests/e2e/support/shared-fleet.teardown.cjs",
    },
  ],
};
