import type { IncomingMessage } from "node:http";
import { isOwnSocket } from "../network/peer";

const loopbackHost = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|[a-z0-9.-]+\.localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Why a request does not come from a program of this user on this machine; undefined where it may. A page in somebody's browser can
 * send requests to loopback: it cannot hide its `Origin` (or, of a plain GET, `Sec-Fetch-Site`), and a name that was
 * bent to 127.0.0.1 shows in `Host`. https://fetch.spec.whatwg.org/#origin-header, https://www.w3.org/TR/fetch-metadata/
 */
export function foreignness({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): string | undefined {
  const { host, origin } = headers;
  if (host === undefined || !loopbackHost.test(host)) {
    return `The host "${host ?? ""}" is not this machine's loopback; the sandbox answers 127.0.0.1 only.`;
  }
  if (origin !== undefined || headers["sec-fetch-site"] !== undefined) {
    return "Requests of web pages are refused: the sandbox answers programs of this machine only.";
  }
  return isOwnSocket(socket) ? undefined : "The sandbox answers programs of its own user only.";
}
