import { BOTTOM, drawing, HEIGHT, heightOf, LEFT, roundUp, scale, tenth, WIDTH, type PictureParts } from './drawing';
import { html, type Html } from './html';

/** One bar: what it is called under the picture (or not), in words, and how much. */
export interface Bar {
  label: string | undefined;
  words: string;
  value: number;
}

/** Upright bars side by side. */
export function bars(parts: PictureParts, values: readonly Bar[]): Html {
  const top = roundUp(Math.max(...values.map(({ value }) => value)));
  const step = (WIDTH - LEFT) / values.length;
  return drawing(
    parts,
    html`${scale(top)}
    ${values.map(({ label, words, value }, index) => {
      const [x, y] = [tenth(LEFT + index * step), heightOf(value, top)];
      return html`${value > 0 && html`<rect x="${tenth(x + step * 0.12)}" y="${y}" width="${tenth(step * 0.76)}" height="${tenth(HEIGHT - BOTTOM - y)}"><title>${words}</title></rect>`}
      ${label !== undefined && html`<text class="middle" x="${tenth(x + step / 2)}" y="${HEIGHT - 6}">${label}</text>`}`;
    })}`,
  );
}

const ROW = 24;
const NAMES = 112;
const NUMBERS = 44;

/** Lying bars with their names before and their numbers behind them. */
export function lyingBars(parts: PictureParts, values: readonly Bar[]): Html {
  const most = Math.max(1, ...values.map(({ value }) => value));
  return drawing(
    parts,
    html`${values.map(({ label, words, value }, index) => {
      const [y, width] = [index * ROW + 3, tenth((value / most) * (WIDTH - NAMES - NUMBERS))];
      return html`<text class="end" x="${NAMES - 8}" y="${y + 13}">${label}</text
        >${value > 0 && html`<rect x="${NAMES}" y="${y}" width="${Math.max(1, width)}" height="17"><title>${words}</title></rect>`}<text
          x="${NAMES + width + 6}"
          y="${y + 13}"
          >${value}</text
        >`;
    })}`,
    values.length * ROW,
  );
}
