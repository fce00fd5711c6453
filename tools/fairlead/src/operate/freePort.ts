import { connect, createServer, type NetConnectOpts } from "node:net";
import { UserError } from "@fairlead/model";

/** Whether something listens there. */
export function isListening(where: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(where);
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

/** A port of this machine, on 127.0.0.1: that one, or any where it is taken. 0 is any. */
export function freePort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", () => (port === 0 ? reject(new UserError("This machine has no free port.")) : resolve(freePort(0))));
    server.listen(port, "127.0.0.1", () => {
      const { port: found } = server.address() as { port: number };
      server.close(() => resolve(found));
    });
  });
}
