/** A telephone number as E.164 writes it: `+`, the country, at most fifteen digits in all. */
export const E164 = /^\+[1-9]\d{6,14}$/;
