const loadedFirst =
  "dotenv dotenv/config source-map-support/register dd-trace dd-trace/init newrelic elastic-apm-node/start elastic-apm-node/start.js reflect-metadata core-js/stable " +
  "@opentelemetry/auto-instrumentations-node/register";
const usual =
  "express fastify koa hono cors helmet body-parser compression morgan cookie-parser pino winston tslib rxjs lodash axios uuid zod class-validator class-transformer " +
  "jsonwebtoken bcrypt bcryptjs multer mongoose pg mysql2 redis ioredis typeorm sequelize knex @prisma/client";

/** Modules that leave alone how others are found. */
export const leavesAlone = new RegExp(
  `^(${[...loadedFirst.split(" "), ...usual.split(" ")].join("|").replaceAll(".", "\\.")}|@sentry/[\\w-]+(/(init|preload))?|@nestjs/[\\w-]+|@aws-sdk/[\\w-]+)$`,
);
