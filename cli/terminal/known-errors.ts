/** What an error's words give away about its cause, and what helps. The first that fits is told. */
const known: readonly { sign: RegExp; cure: string }[] = [
  {
    sign: /\bENOSPC\b|no space left on device|disk full/i,
    cure: "The disk is full. Free some space and run the command again: nothing that was committed is lost. `df -h` shows where, `npm run clean` removes the sandbox with its data.",
  },
  {
    sign: /\bEADDRINUSE\b|address already in use/i,
    cure: "Another program listens on that port. `ss -ltnp` (Linux) or `lsof -iTCP -sTCP:LISTEN` (macOS) shows which: end it, or run the sandbox elsewhere with REDSHIFT_FLEET_SANDBOX_DIR.",
  },
  {
    sign: /\bEMFILE\b|too many open files/i,
    cure: "This process may not open more files: `ulimit -n 4096`, then run the command again.",
  },
  {
    sign: /CredentialsProviderError|could not load credentials|ExpiredToken|security token included in the request is (?:invalid|expired)/i,
    cure: "There are no valid AWS credentials here: log in (`aws sso login`), or set AWS_PROFILE; `aws sts get-caller-identity` shows who you are.",
  },
  {
    sign: /\b(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)\b/,
    cure: "That host cannot be reached from here: see that there is a network, the VPN is up and the Region is right. The sandbox needs no network once it is set up.",
  },
];

/** An error's message, with what helps where its cause is known. */
export function explained(message: string): string {
  const found = known.find(({ sign }) => sign.test(message));
  return found && !message.includes(found.cure) ? `${message}\n${found.cure}` : message;
}
