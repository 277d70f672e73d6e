import { Router } from 'express';
import type { Registry } from 'prom-client';
import { isFromThisMachine } from '../common/this-machine';

/** What the operations door tells. `configured` says which parts have what they need. */
export interface OperationsOptions {
  activeCalls: () => number;
  maxConcurrentCalls: number;
  configured: () => Record<string, boolean>;
  registry: Registry;
}

/** /health for whoever watches, /metrics for this machine. */
export function createOperationsRoutes(options: OperationsOptions): Router {
  const { activeCalls, maxConcurrentCalls, configured, registry } = options;
  const router = Router();
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok', active_calls: activeCalls(), configured: configured() });
  });
  router.get('/metrics', async (request, response) => {
    if (!isFromThisMachine(request)) {
      return void response.status(403).type('text/plain').send('Forbidden: the metrics are for this machine.\n');
    }
    if (request.accepts(['text', 'json']) === 'json') {
      const active = activeCalls();
      const percent = Math.round((active / maxConcurrentCalls) * 1_000) / 10;
      response.json({ active_calls: active, max_concurrent_calls: maxConcurrentCalls, utilization_percent: percent });
      return;
    }
    response.set('Content-Type', registry.contentType).send(await registry.metrics());
  });
  return router;
}
