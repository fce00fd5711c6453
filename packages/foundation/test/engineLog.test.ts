import * as grpc from "@grpc/grpc-js";
import services = require("@pulumi/pulumi/proto/engine_grpc_pb");
import { LogSeverity, type LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { engineLog } from "../src/engineLog";

test("a provider's words reach the engine, on the line of what they are about, or among what stays", async () => {
  const told: [urn: string, message: string, ephemeral: boolean, severity: number][] = [];
  const server = new grpc.Server();
  server.addService(services.EngineService, {
    log: ({ request }: { request: LogRequest }, answer: (error: null, empty: Empty) => void) => {
      told.push([request.getUrn(), request.getMessage(), request.getEphemeral(), request.getSeverity()]);
      answer(null, new Empty());
    },
  } as never);
  const port = await new Promise<number>((resolve) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (_error, bound) => resolve(bound)),
  );
  const log = engineLog("urn:api", `127.0.0.1:${port}`);
  await log.status("2 of 3 running");
  await log.info("rolls out");
  await log.warn("not allowed");
  server.forceShutdown();
  expect(told).toEqual([
    ["urn:api", "2 of 3 running", true, LogSeverity.INFO],
    ["urn:api", "rolls out", false, LogSeverity.INFO],
    ["urn:api", "not allowed", false, LogSeverity.WARNING],
  ]);
  // The engine is gone, and whoever works goes on.
  await log.status("3 of 3 running");
  expect(told).toHaveLength(3);
});

test("without an engine nothing is told", async () => {
  await engineLog("urn:api", undefined).status("2 of 3 running");
  await engineLog("urn:api", "--config").info("rolls out");
});
