import * as grpc from "@grpc/grpc-js";
import services = require("@pulumi/pulumi/proto/engine_grpc_pb");
import messages = require("@pulumi/pulumi/proto/engine_pb");

/** What a dynamic resource's provider tells whoever runs `up`, while it works. */
export interface EngineLog {
  /** On the resource's own line, until the next. */
  status(message: string): Promise<void>;
  /** Among what is told at the end as well. */
  info(message: string): Promise<void>;
  /** As {@link info}, and as something that should be seen to. */
  warn(message: string): Promise<void>;
}

const silent = () => Promise.resolve();

/**
 * The engine's log for a resource. Within a dynamic provider `pulumi.log` writes to the provider's own output, which nobody sees: the process is told where
 * the engine is, and the SDK doesn't connect to it (https://github.com/pulumi/pulumi/issues/6065).
 *
 * @param address the first argument of a dynamic provider's process; without one, and where the engine can't be reached, nothing is told
 */
export function engineLog(urn: string, address: string | undefined = process.argv[2]): EngineLog {
  if (!address || !/:\d+$/.test(address)) return { status: silent, info: silent, warn: silent };
  const client = new services.EngineClient(address, grpc.credentials.createInsecure());
  const send = (message: string, { ephemeral = false, severity = messages.LogSeverity.INFO }) =>
    new Promise<void>((resolve) => {
      const request = new messages.LogRequest();
      request.setSeverity(severity);
      request.setMessage(message);
      request.setUrn(urn);
      request.setEphemeral(ephemeral);
      // What is told is no part of the work: it goes on without.
      client.log(request, () => resolve());
    });
  return {
    status: (message) => send(message, { ephemeral: true }),
    info: (message) => send(message, {}),
    warn: (message) => send(message, { severity: messages.LogSeverity.WARNING }),
  };
}
