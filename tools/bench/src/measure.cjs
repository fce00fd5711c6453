// Preloaded into every measured process: says at its end how much memory it held at most.
process.on("exit", () => {
  require("node:fs").appendFileSync(process.env.FAIRLEAD_BENCH_FILE, `${process.resourceUsage().maxRSS}\n`);
});
