/**
 * ECS sends SIGTERM, waits for the stop timeout and kills. Requests in flight are answered, idle connections closed, then the process
 * ends by itself.
 */
function shutDownOn(signals, server, log) {
  let closing = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (closing) return;
      closing = true;
      log.info("shutting down", { signal });
      server.close(() => log.info("closed"));
      server.closeIdleConnections();
    });
  }
}

module.exports = { shutDownOn };
