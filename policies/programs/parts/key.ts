/** The team's key, made elsewhere. */
export const keyArn = "arn:aws:kms:us-east-1:111122223333:key/0f3a7c52-8d41-4a55-9c1b-2f6d5e7a9b10";
