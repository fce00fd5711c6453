// Preloaded into every measured process: says at its end how much memory it held at most, and how long it kept processors busy.
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const line = `${JSON.stringify({ maxRSS, cpuTime: userCPUTime + systemCPUTime })}\n`;
  require("node:fs").appendFileSync(process.env.FAIRLEAD_BENCH_FILE, line);
});
