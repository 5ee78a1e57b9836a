const literal = "'(?:[^'\\\\]|''|\\\\.)*'?";
const secretAfterKeyword = new RegExp(
  `\\b(password|credentials|secret_access_key|access_key_id|session_token|master_symmetric_key)(\\s+(?:as\\s+)?|\\s*=\\s*)${literal}`,
  "gis",
);
const digests = /(sha256\|[^'|\s]*(?:\|[^'\s]*)?|\bmd5[0-9a-f]{32}\b)/gi;

/** SQL or a server message with passwords, digests and keys taken out; what remains may be shown to people and logged. */
export function redact(text: string): string {
  return text.replace(secretAfterKeyword, "$1$2'***'").replace(digests, "***");
}

const shown = 2_000;

/** Redacted and short enough for a terminal. */
export function excerpt(text: string): string {
  const clean = redact(text);
  return clean.length <= shown ? clean : `${clean.slice(0, shown)} … (${clean.length - shown} more characters)`;
}
