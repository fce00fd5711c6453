const { createServer } = require("node:http");

const { renderPage } = require("./page");

const apiTimeoutMs = 2000;

/** The front end: one page, rendered here from what the api answers. */
function createWebServer({ apiUrl, log }) {
  return createServer((request, response) => {
    if (request.url === "/healthz") {
      response.end("ok");
      return;
    }
    respond({ apiUrl, log, response }).catch((error) => {
      log.error("request failed", { error: String(error) });
      response.destroy();
    });
  });
}

async function respond({ apiUrl, log, response }) {
  const users = await fetchUsers(apiUrl, log);
  response.statusCode = users ? 200 : 502;
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
  response.end(renderPage(users));
}

/** The api's users, or undefined when it doesn't answer. */
async function fetchUsers(apiUrl, log) {
  try {
    const answer = await fetch(`${apiUrl}/api/users`, { signal: AbortSignal.timeout(apiTimeoutMs) });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return await answer.json();
  } catch (error) {
    log.error("api does not answer", { apiUrl, error: String(error), cause: String(error.cause ?? "") });
    return undefined;
  }
}

module.exports = { createWebServer };
