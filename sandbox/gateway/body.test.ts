import { connect } from "node:net";
import type { ApiServer } from "./server";
import { signature, startGateway } from "./testing";

let gateway: ApiServer;
beforeAll(async () => {
  gateway = await startGateway({});
});
afterAll(() => gateway.close());

/** The status line of the answer to a large body, by which time all of it was taken. */
function sendLarge(headers: readonly string[], size: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(gateway.port, "127.0.0.1");
    let answer = "";
    let isSent = false;
    const end = () => {
      if (!isSent || !answer.includes("\r\n")) return;
      socket.destroy();
      resolve(answer.slice(0, answer.indexOf("\r\n")));
    };
    const head = ["POST / HTTP/1.1", `host: 127.0.0.1:${gateway.port}`, `content-length: ${size}`, ...headers];
    socket.setTimeout(4_000, () => socket.destroy(new Error("no answer within 4 s")));
    socket.once("error", reject);
    socket.on("data", (chunk: Buffer) => {
      answer += chunk.toString();
      end();
    });
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    socket.write(Buffer.alloc(size, "a"), () => {
      isSent = true;
      end();
    });
  });
}
const signed = (service: string) => [`authorization: ${signature(service)}`, "x-amz-date: 20261129T120000Z"];

// The first is refused by what its body has, the second by its head, when the body is already on its way.
test.each([
  ["larger than its service takes", [...signed("sts"), "content-type: application/x-www-form-urlencoded"], 413],
  ["of a method that there is not", [...signed("s3"), "content-type: text/plain"], 405],
])("a body %s is answered at once", async (_, headers, status) => {
  await expect(sendLarge(headers, 5 * 1_024 * 1_024)).resolves.toMatch(`HTTP/1.1 ${status} `);
});
