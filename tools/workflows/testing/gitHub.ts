import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Comment {
  id: number;
  body: string;
  html_url: string;
}

/** As much of GitHub's API as the comment of a pull request needs: one pull request, number 7, and its comments. */
export class GitHub {
  readonly token = "planted-token";
  /** The commit that the pull request ends with. */
  head = "";
  comments: Comment[] = [];
  requests: { method: string; url: string }[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        const { method, url, headers } = request as { method: string; url: string; headers: { authorization?: string } };
        this.requests.push({ method, url });
        const [status, answer] =
          headers.authorization === `token ${this.token}` ? [200, this.answer(method, url, text)] : [401, { message: "Bad credentials" }];
        response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(answer));
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
  }

  close(): void {
    this.server.close();
  }

  /** As GitHub's runner sets them. */
  get variables(): Record<string, string> {
    return {
      GITHUB_API_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: "example/infrastructure",
    };
  }

  private answer(method: string, url: string, text: string): unknown {
    if (url.endsWith(`/commits/${this.head}/pulls`)) return [{ number: 7, state: "open", head: { sha: this.head } }];
    if (url.includes("/commits/")) return [];
    if (method === "GET") return this.comments.slice(0, 100);
    const { body } = JSON.parse(text) as { body: string };
    if (method === "POST") this.comments.push({ id: this.comments.length + 1, body, html_url: "https://example.test/1" });
    else this.comments[Number(url.split("/").at(-1)) - 1]!.body = body;
    return this.comments.at(-1);
  }
}
