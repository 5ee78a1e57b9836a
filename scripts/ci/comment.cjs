// Puts a report on a pull request: one comment a stack, made by the first run and brought up to date by later ones.
//   node scripts/ci/comment.cjs --stack NAME --pull-request NUMBER --report FILE.md
// Where and as whom: GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_API_URL, as GitHub's runners set them.
const fs = require("node:fs");
const { parseArgs } = require("node:util");

const pageSize = 100;
const deadlineMs = 30_000;

async function main() {
  const { values } = parseArgs({
    options: { stack: { type: "string" }, "pull-request": { type: "string" }, report: { type: "string" } },
  });
  const { stack, report, "pull-request": pullRequest } = values;
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = process.env;
  if (!stack || !report || !/^\d+$/.test(pullRequest ?? "") || !repository || !token) {
    throw new Error(
      "usage: comment.cjs --stack NAME --pull-request NUMBER --report FILE.md, with GITHUB_REPOSITORY and GITHUB_TOKEN set",
    );
  }
  // Not shown by GitHub; by it the next run knows its comment again.
  const marker = `<!-- redshift-fleet: preview of ${stack} -->`;
  const body = `${marker}\n${fs.readFileSync(report, "utf8")}`;
  const earlier = await commentWith(marker, `/repos/${repository}/issues/${pullRequest}/comments`);
  const { html_url: url } = earlier
    ? await github("PATCH", `/repos/${repository}/issues/comments/${earlier.id}`, { body })
    : await github("POST", `/repos/${repository}/issues/${pullRequest}/comments`, { body });
  console.log(`${earlier ? "brought up to date" : "commented"}: ${url}`);
}

/** The comment that an earlier run made. People's comments are left alone, whatever they quote. */
async function commentWith(marker, comments) {
  for (let page = 1; ; page++) {
    const found = await github("GET", `${comments}?per_page=${pageSize}&page=${page}`);
    const own = found.find(({ body, user }) => user?.type === "Bot" && body?.startsWith(marker));
    if (own || found.length < pageSize) return own;
  }
}

/** @throws Error that names the request and GitHub's answer */
async function github(method, path, body) {
  const { GITHUB_API_URL: api = "https://api.github.com", GITHUB_TOKEN: token } = process.env;
  const answer = await fetch(api + path, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "user-agent": "redshift-fleet",
      "x-github-api-version": "2022-11-28",
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(deadlineMs),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${method} ${path}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
