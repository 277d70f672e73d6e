// What c is measured against: Express that answers every POST with the same document, and reads nothing.
import express from 'express';
import type { AddressInfo } from 'node:net';

const TWIML =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Gather input="speech" action="/process"><Play>/audio/1.wav</Play></Gather></Response>';

const app = express();
app.post(/.*/, (_request, response) => void response.type('text/xml').send(TWIML));
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
server.keepAliveTimeout = 65_000;
process.once('disconnect', () => process.exit());
