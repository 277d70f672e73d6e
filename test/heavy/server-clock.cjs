// Loaded before the program: every answer says how long the server took over it, from the whole head of the request to
// the head of the answer, which is written when the body is made.
const { ServerResponse } = require('node:http');
const { subscribe } = require('node:diagnostics_channel');

const began = new WeakMap();
subscribe('http.server.request.start', ({ response }) => began.set(response, performance.now()));

const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (...head) {
  const start = began.get(this);
  if (start !== undefined) this.setHeader('server-timing', `app;dur=${performance.now() - start}`);
  return writeHead.apply(this, head);
};
