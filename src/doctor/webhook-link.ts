import type { Link } from './diagnosis';

/** What is known of the webhooks that came: when one bore a true signature, and what the last refused one did. */
export interface WebhookHistory {
  lastTrueAt: number | undefined;
  refused: { at: number; matches?: string | undefined } | undefined;
}

/** Twilio's last webhook, the only proof from outside; and, for a refused one, the one setting that is wrong. */
export function webhookLink({ lastTrueAt, refused }: WebhookHistory, address: string | undefined): Link {
  const name = "Twilio's webhooks";
  if (refused && refused.at > (lastTrueAt ?? 0)) {
    const at = new Date(refused.at).toISOString();
    if (refused.matches !== undefined) {
      const detail = `One was refused at ${at}: it was signed for ${refused.matches}, but the public address is ${address ?? 'not set'}.`;
      return {
        name,
        state: 'wrong',
        detail,
        remedy: `Set the public address to ${refused.matches}.`,
        href: '/credentials',
      };
    }
    const detail = `One was refused at ${at}: its signature fits no address with this auth token.`;
    const remedy = "If it came from Twilio, enter the account's present auth token.";
    return { name, state: 'wrong', detail, remedy, href: '/credentials' };
  }
  if (lastTrueAt === undefined) return { name, state: 'missing', detail: 'None has come yet. Call the number.' };
  return { name, state: 'works', detail: `The last true one came at ${new Date(lastTrueAt).toISOString()}.` };
}
