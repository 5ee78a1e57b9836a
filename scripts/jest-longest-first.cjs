const path = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * Files that take minutes, the longest first. jest knows how long files took only where it has run them before; where it
 * has not, a long one that comes last leaves all other workers idle.
 */
const long = [
  "survival/interrupted-updates",
  "changes",
  "survival/readers",
  "changed-by-hand",
  "fleet",
  "survival/first-deployment",
  "aws-check",
  "own-fleet",
  "policies/strict",
  "policies/programs",
  "clients",
  "refusals",
  "policies/workflow",
].map((name) => path.join(__dirname, "..", "tests", "e2e", `${name}.test.ts`));

const rank = (test) => (long.includes(test.path) ? long.indexOf(test.path) : long.length);

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
