/**
 * Digits as they are read back on the telephone, in groups: "2025550101" gives "2 0 2, 5 5 5, 0 1 0 1".
 * Groups of three with up to four at the end; a leading 1 of eleven stands alone.
 */
export function readBack(digits: string): string {
  return groups(digits.replace(/\D/g, '')).map(spaced).join(', ');
}

/** Digits as they are written for people: "202 555 0101". */
export const grouped = (digits: string): string => groups(digits.replace(/\D/g, '')).join(' ');

/** "101" gives "1 0 1": a voice reads digits, not a hundred and one. */
export function spaced(digits: string): string {
  return digits.replace(/(?<=\d)(?=\d)/g, ' ');
}

function groups(digits: string): string[] {
  if (digits.length === 11 && digits.startsWith('1')) return ['1', ...groups(digits.slice(1))];
  if (digits.length <= 4) return digits === '' ? [] : [digits];
  return [digits.slice(0, 3), ...groups(digits.slice(3))];
}
