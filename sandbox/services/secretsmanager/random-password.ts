import { randomInt } from "node:crypto";
import { AwsError } from "../../aws/errors";

export interface RandomPasswordRequest {
  PasswordLength?: number;
  ExcludeCharacters?: string;
  ExcludeNumbers?: boolean;
  ExcludePunctuation?: boolean;
  ExcludeUppercase?: boolean;
  ExcludeLowercase?: boolean;
  IncludeSpace?: boolean;
  RequireEachIncludedType?: boolean;
}

const longest = 4_096;

export function randomPassword(input: RandomPasswordRequest): { RandomPassword: string } {
  const length = input.PasswordLength ?? 32;
  if (!Number.isInteger(length) || length < 1 || length > longest) {
    throw new AwsError("InvalidParameterException", `PasswordLength must be 1 to ${longest}.`);
  }
  const excluded = new Set(input.ExcludeCharacters ?? "");
  const kinds = [
    input.ExcludeLowercase ? "" : "abcdefghijklmnopqrstuvwxyz",
    input.ExcludeUppercase ? "" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    input.ExcludeNumbers ? "" : "0123456789",
    input.ExcludePunctuation ? "" : "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    input.IncludeSpace ? " " : "",
  ]
    .map((kind) => [...kind].filter((character) => !excluded.has(character)))
    .filter((kind) => kind.length > 0);
  const all = kinds.flat();
  const required = input.RequireEachIncludedType === false ? [] : kinds;
  if (all.length === 0 || required.length > length) {
    throw new AwsError("InvalidParameterException", "No password can be made from the characters that are left.");
  }
  const characters = [
    ...required.map((kind) => kind[randomInt(kind.length)]!),
    ...Array.from({ length: length - required.length }, () => all[randomInt(all.length)]!),
  ];
  for (let index = characters.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [characters[index], characters[other]] = [characters[other]!, characters[index]!];
  }
  return { RandomPassword: characters.join("") };
}
