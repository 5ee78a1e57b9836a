// What CI says of a run of the engine, as Markdown: for a comment on a pull request or the summary of a job.

/** GitHub refuses comments of more than 65536 characters; what posts a report may add a line to it. */
const longestReport = 65_000;
/** Heading of the engine's summary → how much of it a report holds, in characters. */
const sections = { Policies: 30_000, Resources: 4_000, Diagnostics: 12_000 };
const longestFault = 4_000;

/**
 * @param {string} title e.g. "Preview of `prod`"
 * @param {boolean} good whether nothing blocks
 * @param {string} output all that the engine printed, without colours
 * @param {string} [faults] what is wrong with the policies' configuration
 */
function describeRun(title, good, output, faults) {
  const text = withoutSecrets(output).replace(/^(@ |Loading policy packs).*\n/gm, "");
  const parts = [heading(title, good)];
  if (faults) parts.push(`**Policy configuration**\n\n${fenced(cut(faults, longestFault))}`);
  for (const [name, longest] of Object.entries(sections)) {
    const found = sectionOf(text, name);
    if (found) parts.push(`**${name}**\n\n${fenced(cut(found, longest))}`);
  }
  const summary = parts.join("\n\n");
  // The end tells more than the beginning.
  const room = longestReport - summary.length - 200;
  const details = text.length > room ? `… cut …\n${text.slice(-room)}` : text;
  const folded = `<details><summary>Everything that was printed</summary>\n\n${fenced(details)}\n\n</details>`;
  return `${summary}\n\n${folded}\n`.slice(0, longestReport);
}

/** A report of what kept the engine from running at all. */
function describeFault(title, fault) {
  return `${heading(title, false)}\n\n${fenced(cut(withoutSecrets(fault), longestFault))}\n`;
}

function heading(title, good) {
  return `### ${good ? "✅" : "❌"} ${title}`;
}

/** The indented lines below a heading of the engine's summary. */
function sectionOf(text, name) {
  const lines = text.split("\n");
  const start = lines.indexOf(`${name}:`);
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\S/.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).join("\n").trimEnd();
}

function cut(text, longest) {
  return text.length > longest ? `${text.slice(0, longest)}\n… cut: the whole is in the job's log …` : text;
}

/** A code block that no line of its text can end. */
function fenced(text) {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

const secretName = /SECRET|TOKEN|PASSWORD|PASSPHRASE|PRIVATE_KEY/i;
/** Shorter values are no secrets, and their letters may be part of any word. */
const shortestSecret = 8;

/** GitHub hides secrets in logs, not in comments: what this process's environment keeps is taken out here. */
function withoutSecrets(text) {
  const secrets = Object.entries(process.env).filter(
    ([name, value]) => secretName.test(name) && value.length >= shortestSecret,
  );
  return secrets.reduce((rest, [, value]) => rest.replaceAll(value, "***"), text);
}

module.exports = { describeRun, describeFault };
