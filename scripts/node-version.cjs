// Plain and old JavaScript: what reads this may be too old for anything else.
const oldestNode = 20;

/** @throws Error where this Node is too old for everything else here, saying where newer ones are */
module.exports.checkNode = () => {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= oldestNode) return;
  throw new Error(
    `Node ${process.versions.node} is too old: ${oldestNode} or newer is needed.\n` +
      "  - https://nodejs.org/en/download has installers for every system\n" +
      "  - with nvm: `nvm install` in this folder reads .nvmrc",
  );
};
