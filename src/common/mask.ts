const PLUS_NUMBER = /(?<![\w+])\+\d[\d ().-]{5,}\d/g;
const BARE_NUMBER = /(?<![\w.+:-])\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?![\w.:-]*\d)/g;

/** A telephone number with all but its last two digits hidden; other caller IDs ("anonymous", clients) stay. */
export function maskPhone(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits.length < 5 ? number : `…${digits.slice(-2)}`;
}

/** A text with every telephone number in it masked. */
export const maskPhones = (text: string): string =>
  text.replace(PLUS_NUMBER, (number) => maskPhone(number)).replace(BARE_NUMBER, (number) => maskPhone(number));

/** Replaces every occurrence of any of `secrets` in a text. */
export const maskSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((masked, secret) => masked.split(secret).join('[secret]'), text);
