import { loadDriver } from './driver';
import { damageIn } from './whole';

/** The program of `checkLater`: prints what is damaged in the database it is given, or nothing. */
function lookThrough(file: string): string {
  try {
    const sqlite = new (loadDriver())(file, { readonly: true });
    return damageIn(sqlite) ?? '';
  } catch (error) {
    return String(error);
  }
}

process.stdout.write(lookThrough(process.argv[2] ?? ''));
