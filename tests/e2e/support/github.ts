import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Comment {
  id: number;
  body: string;
  user: { type: "Bot" | "User" };
}

/** GitHub's documented limit of a comment, in characters. */
const longestBody = 65_536;

/**
 * GitHub's REST API on this machine, as far as it is about the comments on one pull request: lists in pages, makes and
 * changes comments, asks for a token and refuses what is too long.
 */
export class LocalGitHub {
  /** "METHOD path" of every request, in order. */
  readonly requests: string[] = [];
  comments: Comment[] = [];
  private readonly server: Server;

  constructor(
    private readonly repository: string,
    private readonly pullRequest: number,
    private readonly token: string,
  ) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(([status, body]) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
    });
  }

  /** @returns the address for GITHUB_API_URL */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
    const { pathname, searchParams } = new URL(request.url!, "http://github");
    this.requests.push(`${request.method} ${pathname}`);
    if (request.headers.authorization !== `Bearer ${this.token}`) return [401, { message: "Bad credentials" }];
    const list = `/repos/${this.repository}/issues/${this.pullRequest}/comments`;
    if (request.method === "GET" && pathname === list) {
      const size = Number(searchParams.get("per_page") ?? 30);
      const from = (Number(searchParams.get("page") ?? 1) - 1) * size;
      return [200, this.comments.slice(from, from + size)];
    }
    const { body } = JSON.parse(await textOf(request)) as { body: string };
    if ([...body].length > longestBody) return [422, { message: "Body is too long (maximum is 65536 characters)" }];
    if (request.method === "POST" && pathname === list) {
      const comment: Comment = { id: this.comments.length + 1, body, user: { type: "Bot" } };
      this.comments.push(comment);
      return [201, withAddress(comment)];
    }
    const changed = this.comments.find(({ id }) => pathname === `/repos/${this.repository}/issues/comments/${id}`);
    if (request.method !== "PATCH" || !changed) return [404, { message: "Not Found" }];
    changed.body = body;
    return [200, withAddress(changed)];
  }
}

function withAddress(comment: Comment): object {
  return { ...comment, html_url: `https://github.example/pull/7#issuecomment-${comment.id}` };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
