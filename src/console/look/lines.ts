import { drawing, HEIGHT, heightOf, LEFT, roundUp, scale, tenth, WIDTH, type PictureParts } from './drawing';
import { html, type Html } from './html';

/** Two values a place; places without are left empty. `words` tell of both. */
export interface Point {
  label: string | undefined;
  words: string;
  values: readonly [lower: number, upper: number] | undefined;
}

/** Two lines over the same places, the lower drawn through, the upper dashed; a gap is left where nothing is known. */
export function lines(parts: PictureParts, points: readonly Point[]): Html {
  const top = roundUp(Math.max(1, ...points.map(({ values }) => values?.[1] ?? 0)));
  const step = (WIDTH - LEFT) / points.length;
  const at = (index: number) => tenth(LEFT + (index + 0.5) * step);
  const paths = ([0, 1] as const).map((which) => pathOf(points, { at, which, top }));
  return drawing(
    parts,
    html`${scale(top)}
      <path class="lower" d="${paths[0]}"></path>
      <path class="upper" d="${paths[1]}"></path>
      ${points.map(({ label, words, values }, index) => {
        const dot = (value: number, name: string) =>
          html`<circle class="${name}" cx="${at(index)}" cy="${heightOf(value, top)}" r="2.5"
            ><title>${words}</title></circle
          >`;
        return html`${values && html`${dot(values[0], 'lower')}${dot(values[1], 'upper')}`}
        ${label !== undefined && html`<text class="middle" x="${at(index)}" y="${HEIGHT - 6}">${label}</text>`}`;
      })}`,
  );
}

interface Which {
  at: (index: number) => number;
  which: 0 | 1;
  top: number;
}

function pathOf(points: readonly Point[], { at, which, top }: Which): string {
  const parts = points.map(({ values }, index) => {
    if (!values) return '';
    const begins = points[index - 1]?.values === undefined;
    return `${begins ? 'M' : 'L'}${at(index)} ${heightOf(values[which], top)}`;
  });
  return parts.filter(Boolean).join(' ');
}
