import { spawn } from "node:child_process";

/** Opens an address. Where there is no browser, it is there to be copied. */
export function openInBrowser(address: string): void {
  const [command, ...args] = browser(address);
  spawn(command, args, { detached: true, stdio: "ignore" })
    .on("error", () => undefined)
    .unref();
}

function browser(address: string): [string, ...string[]] {
  if (process.platform === "darwin") return ["open", address];
  return process.platform === "win32" ? ["rundll32", "url.dll,FileProtocolHandler", address] : ["xdg-open", address];
}
