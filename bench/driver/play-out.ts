import { setTimeout as pause } from 'node:timers/promises';
import { clipLength } from '../wav';
import { send } from './http';
import type { OpenCall, Turn } from './turn';
import { documentIn, fieldsOf, post } from './twilio';

/** How long after its predecessor stopped each following clip was there, in ms; below 0 it was there before. */
export interface PlayedOut {
  call: OpenCall;
  lateBy: number[];
}

/**
 * Plays a turn's reply in real time, as Twilio does: the clips of a document are fetched one after the other while the
 * first is heard, and its Redirect is followed when the last has been heard out.
 */
export async function playOut(call: OpenCall, turn: Turn): Promise<PlayedOut> {
  const lateBy: number[] = [];
  let { document } = turn;
  let stopsAt = performance.now() + clipLength(turn.firstClip);
  let rest = document.plays.slice(1);
  for (;;) {
    for (const url of rest) {
      const { body } = await send(url);
      const now = performance.now();
      lateBy.push(now - stopsAt);
      stopsAt = Math.max(now, stopsAt) + clipLength(body);
    }
    await pause(Math.max(0, stopsAt - performance.now()));
    if (document.redirect === undefined) {
      return { call: { ...call, action: document.action ?? call.action, partials: document.partials }, lateBy };
    }
    document = documentIn(await post(document.redirect, fieldsOf(call.number, ' ')));
    rest = document.plays;
  }
}
