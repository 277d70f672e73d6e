import { corpus, type Marker } from '../corpus';

/** Hands out turns: each reply in its own next variation, so that no two turns share a clip. */
export function createMarkers(): (reply: number, draw: number) => Marker {
  const used = new Map<number, number>();
  return (reply, draw) => {
    const index = reply % corpus.length;
    const variation = (used.get(index) ?? 0) + 1;
    used.set(index, variation);
    return { reply: index, variation, draw };
  };
}
