const { get } = require("node:http");

get({ port: process.env.PORT ?? 3000, path: "/health" }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on("error", () =>
  process.exit(1),
);
