const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => escapes[character]);

/** The page for a list of users; for undefined, one that says the api is away. */
function renderPage(users) {
  const body = users
    ? `<ul>${users.map(({ name }) => `<li>${escapeHtml(name)}</li>`).join("")}</ul>`
    : "<p>The list of users can't be had right now. Please try again in a minute.</p>";
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Users</title><style>body{font:16px system-ui;margin:3rem}</style><h1>Users</h1>${body}</html>`;
}

module.exports = { renderPage };
