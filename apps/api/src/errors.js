/** Asks something outside of this process. Its failure is the client's 503; why it failed is for the log alone. */
async function ask(what, question) {
  try {
    return await question();
  } catch (cause) {
    throw Object.assign(new Error(`${what} can't be had right now`, { cause }), { status: 503 });
  }
}

/** Express's last handler: JSON and a status for what went wrong, one line for what is not the client's mistake. */
function answerErrors(log) {
  // Express knows an error handler by its four parameters.
  return (error, request, response, _next) => {
    const { status = 500, message, cause } = error;
    if (status >= 500) log.error("request failed", { method: request.method, path: request.path, status, error: String(cause ?? error) });
    response.status(status).json({ error: status === 500 ? "internal error" : message });
  };
}

module.exports = { answerErrors, ask };
