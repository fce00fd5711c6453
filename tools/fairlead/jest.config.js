// Two processes, each of which ends once it holds too much: what a file of tests has loaded stays in its process (`globalsCleanup: "off"`), and one process for
// all of these files held 1.8 GB, collecting garbage for a third of its time.
module.exports = { ...require("../../jest.preset.js")(__dirname), maxWorkers: 2, workerIdleMemoryLimit: "512MB" };
