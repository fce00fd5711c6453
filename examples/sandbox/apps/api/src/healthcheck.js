// HEALTHCHECK of the image. Node alone: slim images have no curl.
const port = process.env.PORT ?? 3000;

fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2000) })
  .then((response) => process.exit(response.ok ? 0 : 1))
  .catch(() => process.exit(1));
