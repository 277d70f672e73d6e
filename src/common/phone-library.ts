import type * as Library from 'libphonenumber-js/max';

/** What is known of every country's telephone numbers; loaded at first use, because it would take a twentieth of the start. */
export const phoneLibrary = (): typeof Library =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- who asks cannot wait, as for import()
  require('libphonenumber-js/max') as typeof Library;
