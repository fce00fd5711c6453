const { style } = require("./style");

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text) => String(text).replace(/[&<>"']/g, (character) => escapes[character]);

/** The page for lists of users and of reports; for an undefined one, it says that this can't be had. */
function renderPage({ users, reports }) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Users and reports</title>
<style>${style}</style>
<main>
<h1>Users and reports</h1>
<section aria-labelledby="users">
<h2 id="users">Users</h2>
${list(users, "users", ({ name }) => escapeHtml(name))}
</section>
<section aria-labelledby="reports">
<h2 id="reports">Reports</h2>
<form method="post" action="/api/reports">
<label for="subject">Subject</label>
<input id="subject" name="subject" required maxlength="200" autocomplete="off">
<button>Ask for a report</button>
</form>
${list(reports, "reports", reportLine)}
<p class="hint">A report takes a few seconds. <a href="/">Look again</a></p>
</section>
</main>
</html>
`;
}

function list(entries, what, render) {
  if (!entries) return `<p class="away" role="status">The list of ${what} can't be had right now. Please try again in a minute.</p>`;
  if (entries.length === 0) return `<p class="hint">There are no ${what} yet.</p>`;
  return `<ul>\n${entries.map((entry) => `<li>${render(entry)}</li>`).join("\n")}\n</ul>`;
}

function reportLine({ subject, writtenAt }) {
  const time = escapeHtml(writtenAt);
  return `<span>${escapeHtml(subject)}</span> <time datetime="${time}">${time.slice(0, 19).replace("T", " ")} UTC</time>`;
}

module.exports = { renderPage };
