import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** What a target says of a request that it was sent. */
export interface Echo {
  target: string;
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** A server that says who it is. */
export interface EchoTarget {
  port: number;
  /** Of its answers to health checks; 200 at first. */
  health: number;
  /** Health checks that it was asked for. */
  checks: number;
  close(): Promise<void>;
}

/** Starts a server that says who it is and what it was asked: of any method, which Node's own server wouldn't do. It knows health checks by their User-Agent. */
export async function echoTarget(name: string, port = 0): Promise<EchoTarget> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let text = "";
    socket.on("data", (part) => {
      text += part.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        const echo = headOf(name, text.slice(0, end));
        socket.write(answerOf(target, echo));
        if (echo.headers.connection === "close" && echo.url !== "/never") socket.end();
        text = text.slice(end + 4);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const target: EchoTarget = {
    port: (server.address() as AddressInfo).port,
    health: 200,
    checks: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return target;
}

function headOf(target: string, text: string): Echo {
  const [first = "", ...lines] = text.split("\r\n");
  const [method = "", url = ""] = first.split(" ");
  return { target, method, url, headers: fieldsOf(lines) };
}

function answerOf(target: EchoTarget, echo: Echo): string {
  const isCheck = echo.headers["user-agent"] === "ELB-HealthChecker/2.0";
  if (isCheck) target.checks++;
  if (echo.url === "/never") return "";
  if (echo.url === "/rubbish") return "rubbish\r\n\r\n";
  const status = isCheck ? target.health : (/^\/status\/(\d+)/.exec(echo.url)?.[1] ?? 200);
  const body = isCheck ? "" : JSON.stringify(echo);
  return `HTTP/1.1 ${status} Answer\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Names in lower case; of several of one name all, with a comma between them. */
function fieldsOf(lines: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    fields[name] = name in fields ? `${fields[name]}, ${value}` : value;
  }
  return fields;
}

/** A request as it goes over the wire. */
export interface WireRequest {
  port: number;
  method?: string;
  /** With the query. */
  url: string;
  host: string;
  headers?: [name: string, value: string][];
  /** The client's own, of the loopback network. */
  address?: string;
}

export interface WireAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** Asks over a connection of its own, and changes nothing of what is asked. */
export function askOverWire({ port, method = "GET", url, host, headers = [], address = "127.0.0.1" }: WireRequest): Promise<WireAnswer> {
  const lines = [`${method} ${url} HTTP/1.1`, `Host: ${host}`, ...headers.map(([name, value]) => `${name}: ${value}`), "Connection: close"];
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", localAddress: address }, () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    const parts: Buffer[] = [];
    socket.on("data", (part) => parts.push(part));
    socket.once("error", reject);
    socket.once("close", () => resolve(parsed(Buffer.concat(parts).toString("latin1"))));
  });
}

/** @param text a character for each byte */
function parsed(text: string): WireAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const fields = fieldsOf(lines);
  const rest = text.slice(end + 4);
  return { status: Number(first.split(" ")[1]), headers: fields, body: Buffer.from(rest, "latin1").toString() };
}

/** Asks ten times a second until an answer is as wanted; false where it never is in 15 seconds. */
export async function until(wanted: () => Promise<boolean>): Promise<boolean> {
  for (let count = 0; count < 150; count++) {
    if (await wanted()) return true;
    await wait(100);
  }
  return false;
}
