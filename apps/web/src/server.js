const { createServer } = require("node:http");

const { renderPage } = require("./page");

const apiTimeoutMs = 5000;

/** What the page may do: its own style, and a form that goes to where the page came from. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
];

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
  const [users, reports] = await Promise.all(["users", "reports"].map((what) => fetchList(`${apiUrl}/api/${what}`, log)));
  response.statusCode = users && reports ? 200 : 502;
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-security-policy", contentSecurityPolicy.join("; "));
  response.setHeader("cache-control", "no-store");
  response.end(renderPage({ users, reports }));
}

/** A list of the api's, or undefined when it doesn't answer with one. */
async function fetchList(url, log) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(apiTimeoutMs) });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return await answer.json();
  } catch (error) {
    log.error("api does not answer", { url, error: String(error), cause: String(error.cause ?? "") });
    return undefined;
  }
}

module.exports = { createWebServer };
