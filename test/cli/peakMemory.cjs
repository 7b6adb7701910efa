// Loaded with --require: tells the process's peak resident memory on its way out.
process.on("exit", () => {
  process.stderr.write(`\npeak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`);
});
