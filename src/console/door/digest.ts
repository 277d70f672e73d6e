import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();

/** A secret's SHA-256 in hex: what is kept of secrets that are long and random already. */
export const hashOf = (secret: string): string => digest(secret).toString('hex');

/** 256 random bits, safe in URLs, cookies and headers. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Whether two texts are the same, in a time that tells nothing about where they differ. */
export const sameSecret = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
