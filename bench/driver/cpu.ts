import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processor time that a process has used so far, in µs: of all its threads, in the kernel's nanoseconds, because
 * the ticks of /proc/PID/stat are 10 ms. Linux only.
 */
export function cpuOf(pid: number | undefined): number {
  const tasks = `/proc/${pid ?? 0}/task`;
  const times = readdirSync(tasks).map((task) =>
    Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, time) => sum + time, 0) / 1_000;
}
