import { Router, type RequestHandler } from 'express';
import type { Registry } from 'prom-client';

/** What the operations door tells. `configured` says which parts have what they need. */
export interface OperationsOptions {
  activeCalls: () => number;
  maxConcurrentCalls: number;
  configured: () => Record<string, boolean>;
  registry: Registry;
  /** What only this installation can answer to a nonce: proof that an address leads here. */
  proofOf: (nonce: string) => string;
  /** Lets in who may read the metrics, and refuses the others. */
  whoMayMeasure: RequestHandler;
}

const NONCE = /^[0-9a-f]{32}$/;

/** What is no page is never to be shown, framed or guessed at as one. */
const neverAPage: RequestHandler = (_request, response, next) => {
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none';frame-ancestors 'none'",
  });
  next();
};

/** /health for whoever watches, /metrics for this machine and for whom the console knows. */
export function createOperationsRoutes(options: OperationsOptions): Router {
  const { activeCalls, maxConcurrentCalls, configured, registry, proofOf, whoMayMeasure } = options;
  const router = Router();
  router.get('/health', neverAPage, (request, response) => {
    const { nonce } = request.query;
    const proof = typeof nonce === 'string' && NONCE.test(nonce) ? { proof: proofOf(nonce) } : {};
    response.json({ status: 'ok', active_calls: activeCalls(), configured: configured(), ...proof });
  });
  router.get('/metrics', neverAPage, whoMayMeasure, async (request, response) => {
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
