/** A program that only sleeps. When it wakes this many ms too late, the machine has stood still, and all else with it. */
const LATE_MS = 50;
const EVERY_MS = 5;

let standstills: number[] = [];
let wokeAt = performance.now();

setInterval(() => {
  const now = performance.now();
  const lateMs = now - wokeAt - EVERY_MS;
  if (lateMs > LATE_MS) standstills.push(lateMs);
  wokeAt = now;
}, EVERY_MS);

process.on('message', () => {
  process.send?.(standstills);
  standstills = [];
});
process.send?.({});
