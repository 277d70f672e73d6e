// The app in a process of its own, whose heap can be asked for. Run with --expose-gc.
const { createServer } = require('node:http');
const { createApp } = require('../../dist/app.js');
const { readConfig } = require('../../dist/config.js');

const limits = {
  memoryBytes: 2_000_000,
  diskBytes: 5_000_000,
  memoryAgeMs: 2_000,
  maxAgeMs: () => 2_000,
  inUseMs: 1_000,
};
const app = createApp(readConfig(process.env), { clipLimits: limits });
const server = createServer(app);
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.on('message', () => {
  for (let round = 0; round < 4; round += 1) globalThis.gc();
  const resources = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  process.send({ heapUsed: process.memoryUsage().heapUsed, resources });
});
