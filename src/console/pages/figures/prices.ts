import { Router, type Request, type Response } from 'express';
import { refuse, sendPage, wantsPage } from '../../answers';
import { visitorOf } from '../../door/visitor';
import type { Verdicts } from '../../verdicts';
import type { FiguresDesk, PriceDesk } from './desk';
import { priceRows, pricesIn } from './price-entries';
import { pricesPage, type ShownPrices } from './prices-page';

const PAGE = '/settings/prices';
const API = '/api/settings/prices';

/** What the page needs. */
export interface PricesOptions {
  desk: PriceDesk;
  calls: Pick<FiguresDesk, 'everUsed'>;
  verdicts: Verdicts;
}

/** /settings/prices: what the owner pays for minutes, voices and models; the same for scripts. */
export function pricesRoutes({ desk, calls, verdicts }: PricesOptions): Router {
  const router = Router();
  const rows = async () => priceRows(desk.prices(), await calls.everUsed());
  const show = async (response: Response, more: Pick<ShownPrices, 'verdict' | 'wrong'>) => {
    const shown = { visitor: visitorOf(response), rows: await rows(), ...more };
    sendPage(response, pricesPage(shown), more.wrong ? 422 : 200);
  };
  router.get(PAGE, (request, response) => show(response, { verdict: verdicts.shownOn(request) }));
  router.post(PAGE, async (request, response) => {
    const entered = enteredPrices(request.body);
    const read = pricesIn(entered);
    if (!read.ok && wantsPage(request)) return show(response, { wrong: { ...read, entered } });
    if (!read.ok) return refuse(request, response, wrongPrice(read));
    await desk.savePrices(read.changed);
    verdicts.answer(request, response, { verdict: { ok: true, message: 'These prices are used now.' }, page: PAGE });
  });
  router.post(`${PAGE}/forget`, async (request, response) => {
    await desk.forgetPrices();
    verdicts.answer(request, response, { verdict: { ok: true, message: 'The list prices are back.' }, page: PAGE });
  });
  router.get(API, async (_request, response) => {
    response.json(pricesJson(await rows()));
  });
  router.put(API, (request, response) => put(desk, request, response));
  return router;
}

async function put(desk: PriceDesk, request: Request, response: Response): Promise<void> {
  const { prices } = (request.body ?? {}) as { prices?: unknown };
  const read = isRecord(prices) ? pricesIn(prices) : { ok: false as const, field: 'prices', problem: 'is missing' };
  if (!read.ok) return refuse(request, response, wrongPrice(read));
  await desk.savePrices(read.changed);
  response.json({ success: true, prices: desk.prices() });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const enteredPrices = (body: unknown): Record<string, unknown> => {
  const { csrf: _, ...prices } = isRecord(body) ? body : {};
  return prices;
};

const wrongPrice = ({ field, problem }: { field: string; problem: string }) => ({
  ...{ status: 400, field, code: 'invalid_price', error: `${field} ${problem}.` },
  remedy: `GET ${API} shows every key with its price; send some as {"prices": {"twilio/inbound": 0.0085}}.`,
});

const pricesJson = (rows: ReturnType<typeof priceRows>) => ({
  currency: 'USD',
  prices: rows.map(({ key, what, unit, size, usd, list }) => ({
    ...{ key, what, unit, price_for: size, usd: usd ?? null, list_usd: list ?? null },
  })),
});
