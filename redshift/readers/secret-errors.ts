// What Secrets Manager's refusals mean. By name, for errors may come from another copy of the SDK.

/** Whether there is no such secret, or it has no value. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === "ResourceNotFoundException";
}

/**
 * Whether a value cannot be had because its KMS key cannot be used: disabled, scheduled for deletion, gone. Secrets
 * Manager's model has DecryptionFailure for it; what AWS answers is not written down, and callers have met
 * "AccessDeniedException: Access to KMS is not allowed" too (external-secrets/kubernetes-external-secrets#838).
 */
export function isKeyUnusable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (/^(DecryptionFailure(Exception)?|KMSInvalidStateException|DisabledException)$/.test(error.name)) return true;
  return /^(AccessDeniedException|InvalidRequestException)$/.test(error.name) && /\bKMS\b/.test(error.message);
}

/**
 * Whether a name is not free because a secret of that name was deleted. After a deletion by force this goes on for a
 * while, although the secret is not found any more: hashicorp/terraform-provider-aws#10259, and #8219 for the messages.
 */
export function isNameTaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === "InvalidRequestException" &&
    /scheduled for deletion|was deleted|marked for deletion/i.test(error.message)
  );
}

/** Whether somebody else made a secret of that name in between. */
export function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && error.name === "ResourceExistsException";
}
