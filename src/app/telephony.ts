import { createTelephony, type Telephony } from '../telephony/telephony';
import type { Surroundings } from './surroundings';

const TWILIO_MS = 8_000;

/** Twilio's REST API, for everybody who asks it something. */
export const createTwilioApi = ({ config, log }: Pick<Surroundings, 'config' | 'log'>): Telephony =>
  createTelephony({
    timeoutMs: TWILIO_MS,
    log,
    ...(config.TWILIO_API_BASE_URL ? { apiBaseUrl: config.TWILIO_API_BASE_URL } : {}),
  });
