import { program as programOf, script } from "../../../corpus/layer";
import { debian, npm } from "../../../corpus/parts";
import { essentialExited, failedToStart, program, server, type FailingService } from "../failingService";

const cannotStart = /^CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: /;

/** Containers that can't be made or started. */
export const starts: FailingService[] = [
  {
    name: "other-platform",
    causes: ["image-architecture"],
    image: program(server()),
    architecture: "arm64",
    expected: {
      stopCode: "TaskFailedToStart",
      stoppedReason: /^CannotPullContainerError: .*image Manifest does not contain descriptor matching platform 'linux\/amd64'$/,
      event: /was unable to place a task\. Reason: CannotPullContainerError: /,
    },
  },
  {
    name: "other-architecture",
    causes: ["image-architecture"],
    image: { base: "debian", files: { app: programOf(npm("@esbuild/linux-arm64@0.28.2"), "bin/esbuild") }, Cmd: ["/app"] },
    expected: { ...essentialExited, log: /exec format error/ },
  },
  {
    name: "missing-program",
    causes: ["program-missing"],
    container: { entryPoint: ["serve"], command: [] },
    expected: { ...failedToStart, reason: new RegExp(`${cannotStart.source}.*exec: "serve": executable file not found in \\$PATH`) },
  },
  {
    name: "not-executable",
    causes: ["program-not-executable"],
    image: program(server(), {
      files: { "app/start.sh": script("#!/bin/sh\nexec sleep 60\n", 0o644) },
      Entrypoint: ["/app/start.sh"],
      Cmd: [],
    }),
    expected: { ...failedToStart, reason: new RegExp(`${cannotStart.source}.*"/app/start.sh": permission denied`) },
  },
  {
    name: "crlf",
    causes: ["script-line-endings", "interpreter-or-loader-missing"],
    image: program(server(), {
      files: { "app/start.sh": script("#!/bin/sh\r\nexec sleep 60\r\n") },
      Entrypoint: ["/app/start.sh"],
      Cmd: [],
    }),
    expected: { ...essentialExited, log: /exec \/app\/start\.sh: no such file or directory/ },
  },
  {
    name: "missing-interpreter",
    causes: ["interpreter-or-loader-missing"],
    image: program(server(), { files: { "app/start": script("#!/usr/bin/env python3\n") }, Entrypoint: ["/app/start"], Cmd: [] }),
    expected: { ...essentialExited, exitCode: 127, log: /python3.*No such file or directory/ },
  },
  {
    name: "missing-library",
    causes: ["shared-library-missing"],
    image: { base: "debian", files: { app: programOf(debian("redis-tools"), "usr/bin/redis-check-rdb") }, Cmd: ["/app"] },
    expected: { ...essentialExited, exitCode: 127, log: /error while loading shared libraries/ },
  },
  {
    name: "unknown-user",
    causes: ["user-missing"],
    container: { user: "app" },
    expected: { ...failedToStart, reason: /unable to find user app: no matching entries in passwd file/ },
  },
  {
    name: "missing-tag",
    causes: ["image-missing"],
    container: { image: "missing" },
    expected: {
      stopCode: "TaskFailedToStart",
      stoppedReason: /^CannotPullContainerError: pull image manifest has been retried 7 time\(s\): failed to resolve ref .*: not found$/,
    },
  },
  {
    name: "missing-secret-key",
    causes: ["secret-key-missing"],
    container: { secrets: [{ name: "PASSWORD", valueFrom: "secret:password::" }] },
    expected: {
      stopCode: "TaskFailedToStart",
      stoppedReason: /^ResourceInitializationError: unable to pull secrets or registry auth: .*did not contain json key password$/,
      event: /was unable to place a task\. Reason: ResourceInitializationError: /,
    },
  },
  {
    name: "missing-secret",
    causes: ["secret-missing"],
    container: { secrets: [{ name: "PASSWORD", valueFrom: "arn:aws:secretsmanager:us-east-1:123456789012:secret:none-AbCdEf" }] },
    expected: {
      stopCode: "TaskFailedToStart",
      stoppedReason:
        /failed to fetch secret .* from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret/,
    },
  },
  {
    name: "missing-log-group",
    causes: ["log-group-missing"],
    container: { logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/none", "awslogs-stream-prefix": "x" } } },
    expected: {
      stopCode: "TaskFailedToStart",
      stoppedReason: /^ResourceInitializationError: failed to validate logger args: .*The specified log group does not exist/,
    },
  },
];
