const { createServer } = require("node:http");

const users = ["Ada Lovelace", "Grace Hopper"];

const server = createServer(({ url }, response) => response.end(url === "/health" ? "healthy" : JSON.stringify(users)));
server.listen(process.env.PORT);
process.on("SIGTERM", () => server.close());
