const { createServer } = require("node:http");

/** The api's users, as a page. */
async function page() {
  const answer = await fetch(`${process.env.API_URL}/api/users`);
  return `<!doctype html><title>Users</title><p>${(await answer.json()).join(", ")}</p>`;
}

const server = createServer(async ({ url }, response) => {
  if (url === "/healthz") return response.end("healthy");
  try {
    response.setHeader("content-type", "text/html; charset=utf-8").end(await page());
  } catch {
    response.writeHead(502).end();
  }
});
server.listen(process.env.PORT);
process.on("SIGTERM", () => server.close());
