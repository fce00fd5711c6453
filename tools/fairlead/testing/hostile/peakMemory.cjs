const { existsSync, readFileSync, writeFileSync } = require("node:fs");

// The most memory that a process had, for whoever started it. What Linux says of its memory since it was executed; elsewhere what it says of the process.
process.on("exit", () => {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
  writeFileSync(process.env.FAIRLEAD_PEAK_MEMORY_FILE, String(kilobytes / 1024));
});
