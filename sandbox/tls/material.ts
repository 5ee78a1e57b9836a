/** What a TLS server needs, all PEM. */
export interface TlsMaterial {
  key: string;
  /** The server's certificate followed by the authority's. */
  cert: string;
  ca: string;
}
