import { quantile } from '../arithmetic';

/** One line of the picture: what it is, its values in ms, and its colour. */
export interface Distribution {
  name: string;
  values: readonly number[];
  colour: string;
}

const WIDTH = 720;
const HEIGHT = 320;
const LEFT = 48;
const BOTTOM = HEIGHT - 40;
const TOP = 16;
const RIGHT = WIDTH - 28;
const STEPS = 100;
const TICK_MS = 200;

/** How many of the turns were answered within how many ms, as SVG: one rising line each. */
export function pictureOf(lines: readonly Distribution[], caption: string): string {
  const most = Math.ceil(Math.max(...lines.map(({ values }) => quantile(values, 1))) / TICK_MS) * TICK_MS;
  const x = (ms: number) => Math.round((LEFT + ((RIGHT - LEFT) * ms) / most) * 10) / 10;
  const y = (share: number) => Math.round((BOTTOM - (BOTTOM - TOP) * share) * 10) / 10;
  const ticks = Array.from({ length: most / TICK_MS + 1 }, (_, index) => index * TICK_MS);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${caption}</title><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...ticks.map((ms) => tick(`${x(ms)} ${TOP}V${BOTTOM}`, { x: x(ms), y: BOTTOM + 16, text: `${ms} ms` })),
    ...[0, 0.5, 1].map((share) =>
      tick(`${LEFT} ${y(share)}H${RIGHT}`, { x: LEFT - 22, y: y(share) + 4, text: `${share * 100} %` }),
    ),
    ...lines.map(({ values, colour }) => {
      const points = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
      const path = points.map((share) => `${x(quantile(values, share))},${y(share)}`).join(' ');
      return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`;
    }),
    ...lines.map(({ name, colour }, index) => {
      const across = LEFT + 12 + index * 220;
      return `<text x="${across}" y="${HEIGHT - 6}" fill="${colour}">${name}</text>`;
    }),
    '</svg>\n',
  ].join('\n');
}

const tick = (line: string, { x, y, text }: { x: number; y: number; text: string }) =>
  `<path d="M${line}" stroke="#ddd"/><text x="${x}" y="${y}" text-anchor="middle" fill="#555">${text}</text>`;
