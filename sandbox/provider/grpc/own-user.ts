import * as grpc from "@grpc/grpc-js";
import { isOwnPeer } from "../../network/peer";

/** More connections than an engine ever has at a time. */
const mostRemembered = 1_000;

/** Refuses calls of other users of this machine: the command provider runs whatever it is told to. */
export class OwnUserOnly {
  /** Where the server listens; nobody calls before it does. */
  port = 0;
  private readonly known = new Map<string, boolean>();

  /** https://grpc.io/docs/guides/interceptors/ */
  readonly intercept: grpc.ServerInterceptor = (_method, call) =>
    new grpc.ServerInterceptingCall(call, {
      start: (next) => {
        const refused = !this.isOwn(call.getPeer());
        next({
          onReceiveMetadata(metadata, pass) {
            if (!refused) return pass(metadata);
            const details = "The sandbox answers programs of its own user only.";
            return call.sendStatus({ code: grpc.status.PERMISSION_DENIED, details });
          },
        });
      },
    });

  /** @param peer as gRPC names it: `127.0.0.1:<port>` */
  private isOwn(peer: string): boolean {
    const known = this.known.get(peer);
    if (known !== undefined) return known;
    const own = isOwnPeer(this.port, Number(peer.slice(peer.lastIndexOf(":") + 1)));
    if (this.known.size >= mostRemembered) this.known.clear();
    this.known.set(peer, own);
    return own;
  }
}
