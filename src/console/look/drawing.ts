import { html, type Html } from './html';

/** A picture and what a screen reader is told of it. `id` is unique on its page. */
export interface PictureParts {
  id: string;
  title: string;
  description: string;
}

/** The measures of a picture with a scale, in units of its own; `LEFT` and `BOTTOM` are kept for names and numbers. */
export const WIDTH = 340;
export const HEIGHT = 150;
export const LEFT = 30;
export const BOTTOM = 20;
const TOP = 12;

/** The frame of a picture: as wide as its place, with its title and description for those who cannot see it. */
export const drawing = ({ id, title, description }: PictureParts, content: Html, height = HEIGHT): Html => html`
  <svg class="picture" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${description}</desc>
    ${content}
  </svg>
`;

/** The least round number (one digit and noughts) that is not below `value`. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((round) => round >= value) ?? value;
}

/** Lines at nought, the half and the whole of `top`, with their numbers. */
export function scale(top: number): Html {
  const marks = Number.isInteger(top / 2) ? [0, top / 2, top] : [0, top];
  return html`${marks.map((mark) => {
    const y = heightOf(mark, top);
    return html`<line class="grid" x1="${LEFT}" y1="${y}" x2="${WIDTH}" y2="${y}"></line
      ><text class="end" x="${LEFT - 4}" y="${y + 3}">${mark}</text>`;
  })}`;
}

/** Where a value lies, from above. */
export const heightOf = (value: number, top: number): number =>
  tenth(HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP));

/** A tenth of a unit is finer than any screen. */
export const tenth = (value: number): number => Math.round(value * 10) / 10;
