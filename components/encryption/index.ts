export { Encryption, type EncryptionArgs } from "./encryption";
