// Loaded before the program: every answer says how long the server took over it, and how much processor time, from the
// whole head of the request to the head of the answer, which is written when the body is made.
const { ServerResponse } = require('node:http');
const { subscribe } = require('node:diagnostics_channel');

const began = new WeakMap();
subscribe('http.server.request.start', ({ response }) =>
  began.set(response, { at: performance.now(), used: process.cpuUsage() }),
);

const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (...head) {
  const start = began.get(this);
  if (start !== undefined) {
    const { user, system } = process.cpuUsage(start.used);
    this.setHeader('server-timing', `app;dur=${performance.now() - start.at}, cpu;dur=${(user + system) / 1_000}`);
  }
  return writeHead.apply(this, head);
};
