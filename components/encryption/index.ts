export { Encryption, type EncryptionArgs } from "./encryption";
export { type KeyScope, keyPolicy } from "./key-policy";
