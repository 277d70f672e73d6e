import type { WrittenTurn } from '../../../common/call-record';
import { html, type Html } from '../../look/html';

const WIDTH = 240;

/** A turn's times as a small picture and in words: first words, first clip, first audio, whole reply, ms after the caller's words. */
export function waterfall({
  firstWordsMs = 0,
  firstClipMs,
  firstAudioMs = 0,
  wholeReplyMs,
  leadMs,
}: WrittenTurn): Html {
  const whole = Math.max(1, wholeReplyMs ?? 0, firstAudioMs);
  const bars = [
    { from: 0, to: firstWordsMs, y: 0 },
    { from: firstWordsMs, to: firstAudioMs, y: 8 },
    { from: firstAudioMs, to: whole, y: 16 },
  ];
  const at = (ms: number) => Math.round((ms / whole) * WIDTH);
  const words = [
    `First words after ${firstWordsMs} ms`,
    ...(firstClipMs === undefined ? [] : [`first clip after ${firstClipMs} ms`]),
    `first audio after ${firstAudioMs} ms`,
    wholeReplyMs === undefined ? 'not heard to its end' : `whole reply after ${wholeReplyMs} ms`,
  ].join(', ');
  return html`
    <p class="waterfall hint">
      <svg viewBox="0 0 ${WIDTH} 22" aria-hidden="true">
        ${bars.map(({ from, to, y }) => html`<rect x="${at(from)}" y="${y}" width="${Math.max(2, at(to) - at(from))}" height="6"></rect>`)}
      </svg>
      ${words}${leadMs !== undefined && `; begun ${leadMs} ms before the caller had finished`}
    </p>
  `;
}
